"""Picker, used by several features."""
