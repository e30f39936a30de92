"""Shared parts of listing pages: a listing's address and the errors of its forms."""
