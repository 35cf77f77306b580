"""The commands of the command line, one module for each use; `commands.cli` puts them together."""
