"""Map, used by several features."""
