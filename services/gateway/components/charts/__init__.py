"""Charts, used by several features."""
