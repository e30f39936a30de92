"""What people think of homes."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class NewOpinion(TypedDict):
    """What a person thinks of a home; a preference of None takes an earlier one back."""

    preference: str | None
    reason: NotRequired[str | None]
    reason_text: NotRequired[str | None]
    viewed: NotRequired[bool]


class EarlierOpinion(TypedDict):
    """What a person thought before."""

    preference: str | None
    reason: str | None
    reason_text: str | None
    viewed: bool
    by: str
    at: str


class Opinion(TypedDict):
    """What a person thinks of a home now, and thought before, oldest first."""

    contact_id: str
    listing_id: str
    preference: str | None
    reason: str | None
    reason_text: str | None
    viewed: bool
    by: str
    version: int
    changed_at: str
    history: list[EarlierOpinion]


class OpinionPage(TypedDict):
    """Some opinions."""

    items: list[Opinion]
    next_cursor: str | None
