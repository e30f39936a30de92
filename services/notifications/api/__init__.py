"""The HTTP doors of notifications."""
