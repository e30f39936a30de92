"""Pages of you."""
