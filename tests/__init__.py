"""Lintel's tests."""
