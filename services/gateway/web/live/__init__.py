"""The stream of changes to open pages."""
