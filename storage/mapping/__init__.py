"""Rows to domain values and back: `x_of(row)` and `x_columns(x)`, pure."""
