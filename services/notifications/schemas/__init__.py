"""HTTP shapes of notifications."""
