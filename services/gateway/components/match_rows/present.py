"""Rows of matches: their person, why they fit, why somebody said no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Flask

from services.gateway.components.beam.present import beam
from services.gateway.components.reachability.present import may_write
from services.gateway.web.answers import Row
from services.gateway.web.words import gettext as _


def with_people(matches: Iterable[Row], known: Mapping[str, Row], so_far: Mapping[str, Row]) -> list[Row]:
    """Matches with their person, whether one may write, and what was sent before; of strangers nothing is shown."""
    return [
        match
        | {"person": known[match["contact_id"]], "may": may_write(known[match["contact_id"]])}
        | {"beam": beam(match), "so_far": so_far.get(match["contact_id"])}
        for match in matches
        if match["contact_id"] in known
    ]


def weightiest(reasons: Iterable[Row]) -> list[Row]:
    """Reasons in the order in which people weigh them: price, place, what had to be there, sizes, the rest, kind."""
    order = ("price", "location", "feature.must_have", "feature.strong", "living_area", "bedrooms", "feature")

    def rank(reason: Row) -> int:
        code = str(reason["code"])
        if code.startswith("property_sub_type"):
            return len(order) + 1
        return next((at for at, start in enumerate(order) if code.startswith(start)), len(order))

    return sorted(reasons, key=rank)


def refusal_name(reason: str | None) -> str:
    """Why somebody said no to a home."""
    known = {
        "too_expensive": _("too expensive"),
        "too_small": _("too small"),
        "too_large": _("too large"),
        "location": _("the place"),
        "noise": _("too noisy"),
        "floor": _("the floor it is on"),
        "layout": _("how the rooms lie"),
        "condition": _("the state it is in"),
        "too_dark": _("too dark"),
        "missing_feature": _("something is missing"),
        "unwanted_feature": _("it has something unwanted"),
        "fees": _("the running costs"),
        "already_seen": _("seen before"),
        "found_elsewhere": _("found another home"),
        "other": _("another reason"),
    }
    return known.get(reason or "", _("no reason given"))


def register(app: Flask) -> None:
    """Give the templates the order of reasons and the names of refusals."""
    app.jinja_env.filters.update(weightiest=weightiest, refusal_name=refusal_name)
