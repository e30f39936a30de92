"""Wish editor, used by several features."""
