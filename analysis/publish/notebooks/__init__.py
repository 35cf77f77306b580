"""Notebooks: executed in kernels that all start alike, into files that both renderers take."""
