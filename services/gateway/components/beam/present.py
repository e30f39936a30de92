"""The parts of a match's beam, named in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from flask import Flask

from services.gateway.web.vocabulary import label
from shared.vocabulary.criteria import SCORE_PARTS


class BeamPart(TypedDict):
    """One group of criteria: its weight, the share of its points that is got, the share of its weight that is known."""

    name: str
    weight: int
    share: float
    known: float
    state: str


def beam(match: Mapping[str, Any]) -> list[BeamPart]:  # a Match, an Explanation or an Offer
    """The parts of a match's beam with their names; `share` and `known` from 0 to 1."""
    return [
        {
            "name": label(SCORE_PARTS, each["name"]),
            "weight": each["weight"],
            "share": each["share"],
            "known": each["known"],
            "state": each["state"],
        }
        for each in match.get("beam") or ()
    ]


def register(app: Flask) -> None:
    """Give the templates the beam of a match."""
    app.jinja_env.filters.update(beam=beam)
