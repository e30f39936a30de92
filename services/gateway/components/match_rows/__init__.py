"""Match rows, used by several features."""
