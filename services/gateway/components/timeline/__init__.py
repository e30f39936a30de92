"""Timeline, used by several features."""
