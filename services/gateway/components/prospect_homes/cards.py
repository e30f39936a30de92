"""A home on a card: why it fits, what is lacking, and the prospect's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from services.gateway.components.prospect_homes.opinions import HomeOpinion
from services.gateway.components.prospect_homes.price import PriceText, price_text
from services.gateway.upstream.matching import Match

MOST_REASONS = 3


@dataclass(frozen=True)
class HomeCard:
    """A home on a card: up to three reasons, and at most one thing that is lacking or (`is_lacking_open`) not stated.

    `listing` is what matching or an event says of the home, as the shared filters read it.
    """

    id: str
    listing: Mapping[str, Any]
    price: PriceText
    preference: str | None = None
    reasons: Sequence[str] = ()
    lacking: str = ""
    is_lacking_open: bool = False
    is_new: bool = False
    is_gone: bool = False
    wish_id: str = ""

    @classmethod
    def from_match(cls, match: Match) -> HomeCard:
        """A home that matches a saved search, and the reasons."""
        listing = {**match["listing"], "id": match["listing_id"]}
        lacking = [*match["misses"], *match["unknowns"]]
        preference = match.get("preference")
        return cls(
            match["listing_id"],
            listing,
            price_text(listing),
            preference,
            reasons=[each["text"] for each in match["reasons"]][:MOST_REASONS],
            lacking=lacking[0]["text"] if lacking else "",
            is_lacking_open=not match["misses"],
            is_new=preference is None and not match.get("viewed"),
            wish_id=match["saved_search_id"],
        )

    @classmethod
    def from_opinion(cls, home: HomeOpinion) -> HomeCard:
        """A home that the prospect answered, without reasons; `is_gone` once it left the market."""
        id_ = home.opinion["listing_id"]
        listing = {**home.listing, "id": id_}
        is_gone = listing.get("standard_status") != "active"
        return cls(id_, listing, price_text(listing), home.opinion["preference"], is_gone=is_gone)

    @property
    def path(self) -> str:
        """The page of the home."""
        return f"/me/homes/{quote(self.id, safe='')}"
