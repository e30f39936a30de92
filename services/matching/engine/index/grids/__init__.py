"""Where to look first: grids over the columns."""
