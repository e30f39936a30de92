"""Questions that an index answers."""
