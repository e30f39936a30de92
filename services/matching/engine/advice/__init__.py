"""Counts what each criterion of a search excludes, and what a change of the search would add."""
