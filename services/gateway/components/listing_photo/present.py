"""The picture that stands for a listing: its first photograph, or a drawing where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask


@dataclass(frozen=True)
class ListingPhoto:
    """The address of a picture and what it shows; `drawn` for our own drawings."""

    url: str
    alt: str = ""
    drawn: bool = False


def photo(listing: Mapping[str, Any]) -> ListingPhoto:  # any reply or card that describes a listing, whole or in short
    """The first photograph of a listing, or the drawing of a home of its kind."""
    shown = listing.get("photo") or next(iter(listing.get("photos") or ()), None)
    if shown:
        return ListingPhoto(shown["url"], shown.get("alt") or "")
    kind, country = listing.get("property_sub_type") or "home", listing.get("country") or ""
    name = f"{kind}-{listing.get('id') or listing.get('_id')}"
    return ListingPhoto(f"/drawings/{name}.svg?c={country}", drawn=True)


def register(app: Flask) -> None:
    """Give the templates the picture of a listing."""
    app.jinja_env.filters.update(photo=photo)
