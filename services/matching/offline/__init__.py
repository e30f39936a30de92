"""Cross-referencing two files without any server."""
