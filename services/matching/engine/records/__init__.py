"""Listings and searches in the exact form that is compared, and how they are read."""
