"""What people ask of a listing, in words of matching, and the field of the listing that answers it."""

from __future__ import annotations

# Words of matching whose field of the listing is called otherwise.
ANSWERED_BY = {"bedrooms": "bedrooms_total", "bathrooms": "bathrooms_total", "price": "list_price"}


def field_of(about: str) -> str:
    """The field of a listing that a word of matching is about; the word itself for a feature."""
    return ANSWERED_BY.get(about, about)
