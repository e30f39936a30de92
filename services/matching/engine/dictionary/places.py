"""Known places of the five countries, and whether coordinates were evidently swapped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from services.matching.engine.dictionary.lexicon import Lexicon, fold

PLACES = Path(__file__).parent.parent.parent / "data" / "places.json"
Box = tuple[float, float, float, float]


@lru_cache(maxsize=1)
def _shipped() -> tuple[Lexicon, Mapping[str, Box]]:
    names: dict[str, str] = {}
    shown: dict[str, str] = {}
    countries = json.loads(PLACES.read_text(encoding="utf-8"))["countries"]
    for country in countries.values():
        for name, others in (*country["towns"].items(), *country["regions"].items()):
            shown[fold(name)] = name
            names.update((fold(word), fold(name)) for word in (name, *others))
    return Lexicon(names, shown), {code: tuple(country["box"]) for code, country in countries.items()}


def shipped_places() -> Lexicon:
    """The towns and regions that come with Lintel, with their names in other languages."""
    return _shipped()[0]


def places_of(aliases: Mapping[str, str], cities: Iterable[str] = ()) -> Lexicon:
    """An agency's places: the shipped ones, the cities of its own listings, and its aliases (typed -> meant)."""
    return shipped_places().extended(aliases, cities)


def postal_key(typed: str) -> str:
    """Postal codes compare exactly, without spaces and case."""
    return re.sub(r"\s+", "", typed).upper()


def swapped_into(latitude: float, longitude: float, country: str | None = None) -> str | None:
    """The country that contains the point with latitude and longitude swapped, while the point as given is in none
    (or not in `country`).
    """
    boxes = _shipped()[1]
    candidates = [code for code in boxes if country in (None, code)]
    if any(_inside(boxes[code], latitude, longitude) for code in candidates):
        return None
    return next((code for code in candidates if _inside(boxes[code], longitude, latitude)), None)


def _inside(box: Box, latitude: float, longitude: float) -> bool:
    west, south, east, north = box
    return west <= longitude <= east and south <= latitude <= north
