"""The commands of the command line, one module for each use; `analysis.cli` puts them together."""
