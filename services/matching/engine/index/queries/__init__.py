"""The queries of an index."""
