"""Listings and searches in the exact form that is compared: integers, unit vectors, keys; read from the API's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.engine.dictionary.lexicon import Resolved
from services.matching.engine.dictionary.places import shipped_places, swapped_into
from services.matching.engine.dictionary.words import shipped_words
from services.matching.engine.records import codes
from services.matching.engine.records.areas import Area, area_of, point_of
from services.matching.engine.records.numeric import NUMERIC, Bounds, ListingFigures, SearchBounds
from services.matching.engine.records.quantities import Point, day, hundredths
from services.matching.engine.records.refusal import SCHEMA, Faults, NotThat
from services.matching.engine.records.resolution import DEFAULT_TOLERANCE, resolve_listing, resolved_search
from shared import codes as common
from shared.vocabulary import listings

TRANSACTIONS = listings.TRANSACTIONS.codes
STATUSES = listings.LISTING_STATUSES.codes
WEIGHTS = {"strong": 3, "would": 2, "might": 1}
MOST_WORDS = 100
MOST_REFERENCE = 100
MOST_AREAS = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """The facts of a listing, in the form that is compared."""

    id: str
    agency_id: str | None
    sequence: int
    reference: str | None
    standard_status: str
    transaction: str
    figures: ListingFigures
    currency: str | None
    property_sub_type: Resolved | None
    latitude: float | None
    longitude: float | None
    point: Point | None
    city: Resolved | None
    state_or_province: Resolved | None
    postal_code: Resolved | None
    features: Mapping[str, Resolved]
    features_absent: Mapping[str, Resolved]
    owner_contact_ids: frozenset[str]

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any], resolved: Mapping[str, Any] | None = None) -> Listing:
        """Read the API's JSON; `resolved` as stored, else by the shipped words and places. Raises Refused."""
        kept = resolved or wire.get("resolved") or resolve_listing(wire, shipped_places(), shipped_words())
        faults = Faults()
        located = wire.get("latitude") is not None or wire.get("longitude") is not None
        latitude, longitude = point_of(wire, faults, "") if located else (None, None)
        _refuse_swapped(wire, latitude, longitude, faults)
        listing = cls(
            id=_id(wire, "id", faults),
            agency_id=_optional_text(wire, "agency_id", faults),
            sequence=_sequence(wire, faults),
            reference=_optional_text(wire, "listing_id", faults, MOST_REFERENCE),
            standard_status=_choice(wire, "standard_status", STATUSES, "active", faults),
            transaction=_choice(wire, "transaction", TRANSACTIONS, None, faults),
            figures=ListingFigures(*[_figure(wire, fact, most, faults) for _, fact, _, _, most in NUMERIC]),
            currency=_currency(wire, wire.get("list_price") is not None, faults),
            property_sub_type=_word(wire, kept, "property_sub_type", faults),
            latitude=latitude,
            longitude=longitude,
            point=_as_point(kept.get("point")) if latitude is not None and longitude is not None else None,
            city=_word(wire, kept, "city", faults),
            state_or_province=_word(wire, kept, "state_or_province", faults),
            postal_code=_word(wire, kept, "postal_code", faults),
            features=_words(wire, kept, "features", faults),
            features_absent=_words(wire, kept, "features_absent", faults),
            owner_contact_ids=frozenset(_texts(wire, "owner_contact_ids", faults)),
        )
        for word in listing.features.keys() & listing.features_absent.keys():
            typed = listing.features_absent[word].typed
            faults.note("features_absent", codes.IN_TWO_LISTS(word=typed, other="features"))
        faults.raise_if_any()
        return listing


@dataclass(frozen=True, slots=True)
class Search:
    """The wishes of a search, in the form that is compared."""

    id: str
    agency_id: str | None
    contact_id: str | None
    sequence: int
    transaction: str
    status: str
    valid_until: date | None
    currency: str | None
    tolerance: int
    bounds: SearchBounds
    areas: tuple[Area, ...]
    property_sub_types: Mapping[str, Resolved]
    must_have: Mapping[str, Resolved]
    wont_accept: Mapping[str, Resolved]
    preferences: Mapping[str, Resolved]
    weights: Mapping[str, int]

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any], resolved: Mapping[str, Any] | None = None) -> Search:
        """Read the API's JSON; `resolved` as stored, else by the shipped words and places. Raises Refused."""
        kept = resolved or wire.get("resolved") or resolved_search(wire, shipped_places(), shipped_words())
        faults = Faults()
        tolerance = _tolerance(wire, faults)
        bounds = SearchBounds(*[_bounds(wire, low, high, most, faults) for _, _, low, high, most in NUMERIC])
        search = cls(
            id=_id(wire, "id", faults),
            agency_id=_optional_text(wire, "agency_id", faults),
            contact_id=_optional_text(wire, "contact_id", faults),
            sequence=_sequence(wire, faults),
            transaction=_choice(wire, "transaction", TRANSACTIONS, None, faults),
            status=_choice(wire, "status", ("active", "paused"), "active", faults),
            valid_until=_day(wire, faults),
            currency=_currency(wire, bounds.price is not None, faults),
            tolerance=tolerance,
            bounds=bounds,
            areas=_areas(wire, kept, tolerance, faults),
            property_sub_types=_words(wire, kept, "property_sub_types", faults),
            must_have=_words(wire, kept, "must_have", faults),
            wont_accept=_words(wire, kept, "wont_accept", faults),
            preferences=_preferences(wire, kept, faults),
            weights=_weights(wire, kept),
        )
        _refuse_repeated(search, faults)
        _refuse_empty(search, faults)
        faults.raise_if_any()
        return search


def _refuse_repeated(search: Search, faults: Faults) -> None:
    lists = {"must_have": search.must_have, "wont_accept": search.wont_accept, "preferences": search.preferences}
    if sum(map(bool, lists.values())) < 2:
        return
    for later, earlier in (("wont_accept", "must_have"), ("preferences", "must_have"), ("preferences", "wont_accept")):
        for word in lists[later].keys() & lists[earlier].keys():
            typed = lists[later][word].typed
            faults.note(later, codes.IN_TWO_LISTS(word=typed, other=earlier))


def _refuse_empty(search: Search, faults: Faults) -> None:
    stated = (*search.bounds, search.areas, search.property_sub_types, search.must_have, search.wont_accept)
    if not faults.fields and not any(stated):
        faults.note(SCHEMA, codes.NOTHING_DECIDES())


def _refuse_swapped(wire: Mapping[str, Any], latitude: float | None, longitude: float | None, faults: Faults) -> None:
    country = wire.get("country")
    if latitude is None or longitude is None or not isinstance(country, str):
        return
    if swapped_into(latitude, longitude, country.upper()):
        faults.note("latitude", codes.SWAPPED_INTO(country=country))


def _id(wire: Mapping[str, Any], field: str, faults: Faults) -> str:
    value = wire.get(field)
    if isinstance(value, str) and 1 <= len(value) <= 64 and _encodes(value):
        return value
    faults.note(field, codes.LENGTH(most=64))
    return ""


def _encodes(value: str) -> bool:
    """Whether a text has complete characters only; JSON can hold half of a surrogate pair."""
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def _optional_text(wire: Mapping[str, Any], field: str, faults: Faults, most: int = 64) -> str | None:
    value = wire.get(field)
    if value is None or (isinstance(value, str) and 1 <= len(value) <= most and _encodes(value)):
        return value
    faults.note(field, codes.LENGTH(most=most))
    return None


def _sequence(wire: Mapping[str, Any], faults: Faults) -> int:
    value = wire.get("sequence", wire.get("version", 0))
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62:
        return value
    faults.note("sequence", common.NOT_WHOLE())
    return 0


def _choice(wire: Mapping[str, Any], field: str, known: Any, otherwise: str | None, faults: Faults) -> str:
    value = wire.get(field, otherwise)
    if isinstance(value, str) and value in known:
        return value
    faults.note(field, common.NOT_A_CHOICE(choices=list(known)))
    return ""


def _figure(wire: Mapping[str, Any], field: str | None, most: int, faults: Faults) -> int | None:
    value = wire.get(field) if field else None
    if value is None or field is None:
        return None
    try:
        return hundredths(value, most)
    except NotThat as refusal:
        faults.note(field, refusal.error)
        return None


def _bounds(wire: Mapping[str, Any], low: str | None, high: str | None, most: int, faults: Faults) -> Bounds | None:
    if (low is None or wire.get(low) is None) and (high is None or wire.get(high) is None):
        return None  # as most are in most searches
    least, greatest = _figure(wire, low, most, faults), _figure(wire, high, most, faults)
    if least is not None and greatest is not None and least > greatest:
        faults.note(str(high), codes.BELOW_THE_OTHER(high=str(high), low=str(low)))
    return None if least is None and greatest is None else (least, greatest)


def _currency(wire: Mapping[str, Any], needed: bool, faults: Faults) -> str | None:
    value = wire.get("currency")
    if isinstance(value, str) and len(value) == 3 and value.isascii() and value.isalpha() and value.isupper():
        return value
    if value is not None or needed:
        faults.note("currency", common.NOT_A_CURRENCY())
    return None


def _tolerance(wire: Mapping[str, Any], faults: Faults) -> int:
    value = wire.get("tolerance_percent", DEFAULT_TOLERANCE)
    whole = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 50 and value == int(value)
    if not whole:
        faults.note("tolerance_percent", codes.NOT_A_TOLERANCE(most=50))
    return int(value) if whole else DEFAULT_TOLERANCE


def _day(wire: Mapping[str, Any], faults: Faults) -> date | None:
    value = wire.get("valid_until")
    return None if value is None else faults.attempt("valid_until", lambda: day(value), None)


def _areas(wire: Mapping[str, Any], kept: Mapping[str, Any], tolerance: int, faults: Faults) -> tuple[Area, ...]:
    areas = wire.get("areas") or []
    if not isinstance(areas, list) or len(areas) > MOST_AREAS:
        faults.note("areas", common.TOO_MANY(most=MOST_AREAS) if isinstance(areas, list) else common.NOT_A_LIST())
        return ()
    stored = kept["areas"]
    made = [area_of(area, stored[at], tolerance, faults, f"areas.{at}") for at, area in enumerate(areas)]
    return tuple(area for area in made if area is not None)


def _texts(wire: Mapping[str, Any], field: str, faults: Faults) -> list[str]:
    value = wire.get(field)
    if not value and (value is None or value == []):
        return []
    plain = isinstance(value, (list, tuple)) and all(isinstance(word, str) and 1 <= len(word) <= 64 for word in value)
    if not plain or len(value) > MOST_WORDS:
        faults.note(field, codes.WORDS_TOO_LONG(most=MOST_WORDS))
        return []
    if not all(word.strip() for word in value):
        faults.note(field, common.BLANK())
    return list(value)


def _words(wire: Mapping[str, Any], kept: Mapping[str, Any], field: str, faults: Faults) -> dict[str, Resolved]:
    if wire.get(field) is None or not _texts(wire, field, faults):
        return {}
    resolved: dict[str, Resolved] = {}
    for stored in kept[field]:
        resolved.setdefault(stored["key"], Resolved.from_wire(stored))
    return resolved


def _word(wire: Mapping[str, Any], kept: Mapping[str, Any], field: str, faults: Faults) -> Resolved | None:
    value = wire.get(field)
    if value is None or (isinstance(value, str) and len(value) <= 120):
        stored = kept.get(field)
        return Resolved.from_wire(stored) if value and stored else None
    faults.note(field, common.TOO_LONG(most=120))
    return None


def _preferences(wire: Mapping[str, Any], kept: Mapping[str, Any], faults: Faults) -> dict[str, Resolved]:
    value = wire.get("preferences") or {}
    if not value and not kept["preferences"]:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(v, str) and v in WEIGHTS for v in value.values()):
        faults.note("preferences", codes.NOT_STRENGTHS())
        return {}
    words = _words({"preferences": list(value)}, kept, "preferences", faults)
    strengths: dict[str, str] = {}
    for stored in kept["preferences"]:
        if strengths.setdefault(stored["key"], value.get(stored["typed"], "")) != value.get(stored["typed"]):
            faults.note("preferences", codes.TWO_STRENGTHS(word=stored["typed"]))
    return words


def _weights(wire: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, int]:
    value = wire.get("preferences")
    strengths = value if isinstance(value, Mapping) else {}
    return {word["key"]: WEIGHTS.get(str(strengths.get(word["typed"])), 0) for word in kept["preferences"]}


def _as_point(stored: Any) -> Point | None:
    return (stored[0], stored[1], stored[2]) if stored else None
