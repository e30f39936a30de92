"""What is resolved once on entry and stored beside the typed words: place keys, canonical words, unit vectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.matching.engine.dictionary.lexicon import Lexicon, Resolved
from services.matching.engine.dictionary.places import postal_key, swapped_into
from services.matching.engine.dictionary.words import Vocabulary
from services.matching.engine.records.quantities import chord_squared, is_number, unit_vector

Document = dict[str, Any]
DEFAULT_TOLERANCE = 10


def resolve_listing(wire: Mapping[str, Any], places: Lexicon, words: Vocabulary) -> Document:
    """The `resolved` sub-document of a listing; wrong types are left for `Listing.from_wire` to refuse."""
    return {
        "city": _one(wire.get("city"), places.resolve),
        "state_or_province": _one(wire.get("state_or_province"), places.resolve),
        "postal_code": _one(wire.get("postal_code"), _postal),
        "property_sub_type": _one(wire.get("property_sub_type"), words.property_sub_types.resolve),
        "features": _many(wire.get("features"), words.features.resolve),
        "features_absent": _many(wire.get("features_absent"), words.features.resolve),
        "point": _point(wire),
    }


def resolve_search(wire: Mapping[str, Any], places: Lexicon, words: Vocabulary) -> tuple[Document, list[str]]:
    """The `resolved` sub-document of a search, and warnings in English about unknown words and places."""
    resolved = resolved_search(wire, places, words)
    return resolved, [*_word_warnings(resolved), *_area_warnings(wire.get("areas"), resolved["areas"])]


def resolved_search(wire: Mapping[str, Any], places: Lexicon, words: Vocabulary) -> Document:
    """The `resolved` sub-document of a search; wrong types are left for `Search.from_wire` to refuse."""
    tolerance = wire.get("tolerance_percent", DEFAULT_TOLERANCE)
    areas = wire.get("areas")
    return {
        "property_sub_types": _many(wire.get("property_sub_types"), words.property_sub_types.resolve),
        "must_have": _many(wire.get("must_have"), words.features.resolve),
        "wont_accept": _many(wire.get("wont_accept"), words.features.resolve),
        "preferences": _many(wire.get("preferences"), words.features.resolve),
        "areas": [_area(area, tolerance, places) for area in areas] if isinstance(areas, list) else [],
    }


def _one(typed: object, resolve: Callable[[str], Resolved]) -> Document | None:
    return resolve(typed).to_wire() if isinstance(typed, str) and typed.strip() else None


def _many(typed: object, resolve: Callable[[str], Resolved]) -> list[Document]:
    words = typed if isinstance(typed, (list, tuple, dict)) else ()
    return [resolve(word).to_wire() for word in words if isinstance(word, str) and word.strip()]


def _postal(typed: str) -> Resolved:
    return Resolved(typed, postal_key(typed), typed.strip(), "exact")


def _point(wire: Mapping[str, Any]) -> list[float] | None:
    latitude, longitude = wire.get("latitude"), wire.get("longitude")
    if not is_number(latitude) or not is_number(longitude) or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return list(unit_vector(latitude, longitude))


def _area(area: object, tolerance: object, places: Lexicon) -> Document:
    kind, body = next(iter(area.items()), (None, None)) if isinstance(area, dict) else (None, None)
    if not isinstance(body, dict):
        return {}
    if kind == "circle":
        return _circle(body, tolerance)
    if kind == "place":
        field, typed = next(iter(body.items()), (None, None))
        return _one(typed, _postal if field == "postal_code" else places.resolve) or {}
    return {}


def _circle(body: Mapping[str, Any], tolerance: object) -> Document:
    point, radius = _point(body), body.get("radius_km")
    if point is None or not is_number(radius) or not is_number(tolerance) or not 0 < radius < 1e6:
        return {}
    return {
        "point": point,
        "within": chord_squared(radius),
        "beyond": chord_squared(radius * (1 + tolerance / 100)),
    }


def _word_warnings(resolved: Mapping[str, list[Document]]) -> list[str]:
    return [
        f"{field}: nobody knows the word '{word['typed']}'; it is compared as it is."
        for field in ("property_sub_types", "must_have", "wont_accept", "preferences")
        for word in resolved[field]
        if word["by"] == "typed"
    ]


def _area_warnings(areas: object, resolved: list[Document]) -> list[str]:
    warnings = [
        f"areas.{at}.place: nobody knows the place '{area['typed']}'; only homes with the very same name are found."
        for at, area in enumerate(resolved)
        if area.get("by") == "typed"
    ]
    for at, area in enumerate(areas if isinstance(areas, list) else []):
        body = area.get("circle") if isinstance(area, dict) else None
        if isinstance(body, dict) and _point(body) and swapped_into(body["latitude"], body["longitude"]):
            warnings.append(f"areas.{at}.circle: latitude and longitude look swapped; no home of ours is there.")
    return warnings
