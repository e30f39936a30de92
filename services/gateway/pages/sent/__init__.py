"""Pages of sent."""
