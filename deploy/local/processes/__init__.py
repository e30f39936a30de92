"""Programs that are started, watched, scaled and ended."""
