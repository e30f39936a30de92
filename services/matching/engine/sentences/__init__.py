"""Reasons and advice as sentences with figures in five languages."""
