"""Prospect homes, used by several features."""
