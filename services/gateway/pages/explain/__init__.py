"""Pages of explain."""
