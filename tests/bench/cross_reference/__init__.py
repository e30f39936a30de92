"""Measurements of the cross-reference: its index, its processes, its command."""
