"""What became of mails: words for states and reasons, and the latest delivery of each person or listing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from flask import Flask

from services.gateway.web.answers import Row
from services.gateway.web.words import gettext as _

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


def delivery_words(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """What became of a mail: icon, colour, words."""
    state = row["state"]
    known = {
        "queued": ("mail-fast", "third", _("on its way")),
        "claimed": ("mail-fast", "third", _("on its way")),
        "handing_over": ("mail-fast", "third", _("on its way")),
        "waiting": ("clock", "third", _("waits for the person's data")),
        "held": ("clock", "open", _("kept for the digest")),
        "sent": ("mail-check", "pass", _("sent")),
        "skipped": ("mail-off", "near", _("not sent")),
        "failed": ("mail-x", "fail", _("did not arrive")),
        "unknown": ("help-circle", "open", _("nobody knows whether it arrived")),
        "canceled": ("circle-minus", "third", _("called off")),
    }
    return known.get(state, ("mail", "third", state))


def reason_words(reason: str | None) -> str:
    """Why a mail did not go out or arrive."""
    known = {
        "no_consent": _("no agreement to alerts by mail"),
        "no_address": _("no e-mail address"),
        "suppressed": _("the address bounced before"),
        "erased": _("the person was forgotten"),
        "contact_unknown": _("the person is not known yet"),
        "match_lost": _("it no longer fits"),
        "daily": _("for the daily mail"),
        "weekly": _("for the weekly mail"),
        "outdated": _("the price changed"),
    }
    return known.get(reason or "", (reason or "").replace("_", " "))


def register(app: Flask) -> None:
    """Give the templates the words for deliveries."""
    app.jinja_env.filters.update(delivery_words=delivery_words, reason_words=reason_words)
