"""The analysis behind the report: one module per step, data walking one way through them."""
