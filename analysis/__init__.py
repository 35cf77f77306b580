"""The analysis behind the report: nine rooms, one above another, as docs/architecture.md shows."""
