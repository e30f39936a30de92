"""Pages of listing."""
