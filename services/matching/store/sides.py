"""The two sides of a match row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RowSide:
    """How match rows name one of their sides, and the collection that holds its documents."""

    name: str
    id_field: str
    stamp: str
    collection: str

    @property
    def other(self) -> RowSide:
        """The other side."""
        return SEARCH if self is LISTING else LISTING


LISTING = RowSide("listing", "listing_id", "listing_sequence", "listings")
SEARCH = RowSide("search", "saved_search_id", "search_sequence", "searches")
