"""What became of mails: words for states and reasons, and the latest delivery of each person or listing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from flask import Flask

from services.gateway.web.answers import Row
from services.gateway.web.vocabulary import word_of
from shared.vocabulary.deliveries import DELIVERY_REASONS, DELIVERY_STATES

T = TypeVar("T", bound=Mapping[str, Any])  # a row of any service


def latest_by(rows: Iterable[T], name: str) -> dict[str, T]:
    """The first row for each value of a field; rows come newest or best first."""
    latest: dict[str, T] = {}
    for row in rows:
        latest.setdefault(row[name], row)
    return latest


def each_home(deliveries: Iterable[Row]) -> list[Row]:
    """Deliveries with a row for each home that they tell of: a letter may tell of several."""
    return [row | {"listing_id": id_} for row in deliveries for id_ in row.get("listing_ids") or [row["listing_id"]]]


DRAWN = {
    **dict.fromkeys(("queued", "claimed", "handing_over"), ("mail-fast", "third")),
    "waiting": ("clock", "third"),
    "held": ("clock", "open"),
    "sent": ("mail-check", "pass"),
    "skipped": ("mail-off", "near"),
    "failed": ("mail-x", "fail"),
    "unknown": ("help-circle", "open"),
    "canceled": ("circle-minus", "third"),
}


def delivery_words(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """The state of a delivery: icon, colour, word."""
    return *DRAWN.get(row["state"], ("mail", "third")), word_of(DELIVERY_STATES, row["state"])


def reason_words(reason: str | None) -> str:
    """Why a mail did not leave or arrive."""
    return word_of(DELIVERY_REASONS, reason)


def register(app: Flask) -> None:
    """Give the templates the words for deliveries."""
    app.jinja_env.filters.update(delivery_words=delivery_words, reason_words=reason_words)
