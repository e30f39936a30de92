"""Starts, watches, scales and stops programs."""
