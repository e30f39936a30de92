"""Pages of welcome."""
