"""Listings and searches as columns in memory: every match of a listing or a search in a few milliseconds."""
