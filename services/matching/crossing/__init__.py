"""Crossing listings with searches: the only package that writes match rows and their events."""
