"""Measurements of the project's own speed and memory; `make bench` prints them, one a line."""
