"""Deliveries in words: states and reasons, and the latest delivery of each person or listing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from flask import Flask

from services.gateway.upstream.notifications import Delivery
from services.gateway.web.vocabulary import word_of
from shared.vocabulary.deliveries import DELIVERY_REASONS, DELIVERY_STATES

T = TypeVar("T", bound=Mapping[str, Any])  # a row of any service


def latest_by(rows: Iterable[T], name: str) -> dict[str, T]:
    """The first row for each value of a field; rows come newest or best first."""
    latest: dict[str, T] = {}
    for row in rows:
        latest.setdefault(row[name], row)
    return latest


def latest_by_listing(deliveries: Iterable[Delivery]) -> dict[str, Delivery]:
    """The last delivery about each listing; deliveries come newest first, a letter may be about several listings."""
    latest: dict[str, Delivery] = {}
    for delivery in deliveries:
        for listing_id in delivery["listing_ids"] or [delivery["listing_id"]]:
            latest.setdefault(listing_id, delivery)
    return latest


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
