"""Pages of agency."""
