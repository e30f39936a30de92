"""The launcher without anything running."""
