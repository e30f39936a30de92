"""Pages of door."""
