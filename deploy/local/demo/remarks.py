"""The text of an advertisement in one language, made from a home's facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from deploy.local.demo.world import District, speech

MOST_PRAISED = 4


def remarks(rng: Random, language: str, body: Mapping[str, Any], district: District) -> str:
    """Three to seven sentences; only about facts that the home states."""
    said = speech(language)
    told = [
        _opening(rng, said, body, district.here[language]),
        district.about[language],
        *_features(said, body["features"]),
        *[said["absent"][word] for word in body["features_absent"] if word in said["absent"]][:1],
        *([said["built"].format(year=body["year_built"])] if body["year_built"] else []),
        rng.choice(said[body["transaction"]]),
    ]
    return " ".join(told)


def joined(words: Sequence[str], last: str) -> str:
    """Words as a list in English: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _opening(rng: Random, said: Mapping[str, Any], body: Mapping[str, Any], here: str) -> str:
    size = body["living_area"] or body["lot_size_area"]
    rooms = body["bedrooms_total"]
    text: str = said["opening"].format(
        what=rng.choice(said["what"][body["property_sub_type"]]),
        here=here,
        area=f", {size} m²" if size else "",
        bedrooms=f", {said['bedrooms'][rooms]}" if rooms is not None else "",
    )
    return text


def _features(said: Mapping[str, Any], features: Sequence[str]) -> list[str]:
    things = [said["nouns"][word] for word in features if word in said["nouns"]][:MOST_PRAISED]
    listed = [said["has"].format(features=joined(things, said["and"]))] if things else []
    return listed + [said["sentences"][word] for word in features if word in said["sentences"]]
