"""Which report of a pair is newer, and whether a home is still on the market."""

from __future__ import annotations

from typing import TypedDict

# The versions of listing and search, and of the other data that the pair depends on.
Stamps = tuple[int, int, int]
STAMPS = ("listing_sequence", "search_sequence", "pair_sequence")


class PairRow(TypedDict):
    """The newest report of a pair: whether it is live, and the versions of its data."""

    _id: str
    agency_id: str
    listing_id: str
    saved_search_id: str
    contact_id: str
    live: bool
    listing_sequence: int
    search_sequence: int
    pair_sequence: int


class StatusRow(TypedDict):
    """The status of a listing since its version `sequence`."""

    standard_status: str
    sequence: int


def is_outdated(known: PairRow | None, reported: Stamps) -> bool:
    """Whether the stored pair is at least as new as this report, in every stamp."""
    return known is not None and all(had >= new for had, new in zip(stamps_of(known), reported, strict=True))


def stamps_of(pair: PairRow) -> Stamps:
    """The versions at which a stored pair was last reported."""
    return pair["listing_sequence"], pair.get("search_sequence", 0), pair.get("pair_sequence", 0)


def is_off_market(status: StatusRow | None, listing_sequence: int) -> bool:
    """Whether a home has left the market since the version that an alert shows."""
    return status is not None and status["standard_status"] != "active" and status["sequence"] > listing_sequence
