"""Notebooks: executed in parallel, in kernels that start alike, into files that both renderers take."""
