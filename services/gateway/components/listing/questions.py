"""What people ask of a listing, in words of matching, and the field of the listing that answers it."""

from __future__ import annotations

from urllib.parse import urlencode

from services.gateway.components.listing.path import listing_path

# Words of matching whose field of the listing is called otherwise.
ANSWERED_BY = {"bedrooms": "bedrooms_total", "bathrooms": "bathrooms_total", "price": "list_price"}


def field_of(about: str) -> str:
    """The field of a listing that a word of matching is about; the word itself for a feature."""
    return ANSWERED_BY.get(about, about)


def answer_path(listing_id: str, about: str) -> str:
    """Where a member enters what the owner answered about one thing: its price, its place, or a form of its own."""
    listing, field = listing_path(listing_id), field_of(about)
    if field == "list_price":
        return f"{listing}/price-changes/new"
    if field == "location":
        return f"{listing}/edit#f-latitude"
    return f"{listing}/answers/new?{urlencode({'about': about})}"
