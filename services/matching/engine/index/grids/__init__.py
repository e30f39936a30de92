"""Grids over the columns: they find the rows to check first."""
