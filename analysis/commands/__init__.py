"""What a user can ask for: one module for each command; `cli` puts them together."""
