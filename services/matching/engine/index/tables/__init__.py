"""The columns of listings and searches."""
