"""Records as the API's JSON, one object a line: read in one pass of plain code, refused in the schemas' words.

The verdict is the schemas' and the engine's together; a test gives both the same thousands of spoilt lines. Asking
marshmallow about every line would take ten times as long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from services.matching.engine.dictionary.lexicon import Lexicon
from services.matching.engine.dictionary.words import Vocabulary
from services.matching.engine.records import codes
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.refusal import SCHEMA, Refused
from services.matching.engine.records.resolution import resolve_listing, resolved_search
from services.matching.model import ALERTS
from services.matching.schemas.listings import ListingLine
from services.matching.schemas.searches import SavedSearchLine
from shared.codes import FieldError

Check = Callable[[Any], bool]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_CIRCLE, _PLACE = {"latitude", "longitude", "radius_km"}, {"city", "postal_code", "name"}
_LINE, _WISHES = ListingLine(), SavedSearchLine()


def read_listing(line: bytes, places: Lexicon, words: Vocabulary) -> Listing:
    """A listing from its line; raises Refused."""
    wire = _object(line)
    if b"\\ud" in line.lower() and (faults := _LINE.validate(wire)):
        raise Refused(flat(faults))
    try:
        return Listing.from_wire(wire, resolve_listing(wire, places, words))
    except Refused as refusal:
        raise Refused(flat(_LINE.validate(wire)) or refusal.fields) from None


def read_search(line: bytes, places: Lexicon, words: Vocabulary) -> Search:
    """A search from its line; raises Refused."""
    wire = _object(line)
    if not plain(wire) or b"\\u" in line:
        faults = _WISHES.validate(wire)
        if faults:
            raise Refused(flat(faults))
    try:
        return Search.from_wire(wire, resolved_search(wire, places, words))
    except Refused as refusal:
        raise Refused(flat(_WISHES.validate(wire)) or refusal.fields) from None


def _object(line: bytes) -> dict[str, Any]:
    try:
        wire = json.loads(line.decode())
    except UnicodeDecodeError:
        raise Refused({SCHEMA: [codes.NOT_UTF8()]}) from None
    except (ValueError, RecursionError) as error:
        raise Refused({SCHEMA: [codes.NOT_JSON(why=str(error))]}) from None
    if not isinstance(wire, dict):
        raise Refused({SCHEMA: [codes.NOT_ONE_OBJECT()]})
    return wire


def plain(wire: Mapping[str, Any]) -> bool:
    """Whether every field is known and of its type, as far as the engine does not look at it itself."""
    try:
        return all(_CHECKS[name](value) for name, value in wire.items()) and "id" in wire
    except KeyError:
        return False


def flat(faults: Any, path: str = "") -> dict[str, list[FieldError]]:
    """A schema's nested errors as {dotted field: errors}."""
    if isinstance(faults, list):
        return {path or SCHEMA: list(faults)}
    flattened: dict[str, list[FieldError]] = {}
    for name, inner in faults.items():
        flattened |= flat(inner, f"{path}.{name}" if path else str(name))
    return flattened


def _anything(_: Any) -> bool:
    return True


def _text(least: int, most: int) -> Check:
    return lambda value: isinstance(value, str) and least <= len(value) <= most


def _one_of(words: tuple[str, ...]) -> Check:
    return lambda value: isinstance(value, str) and value in words


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _whole(low: int, high: int) -> Check:
    return lambda value: type(value) is int and low <= value <= high


def _number(value: Any) -> bool:
    return type(value) is int or type(value) is float


def _name(value: Any) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= 200 and not value.isspace()


def _words(value: Any) -> bool:
    return (
        type(value) is list and len(value) <= 60 and all(type(word) is str and 1 <= len(word) <= 64 for word in value)
    )


def _wishes(value: Any) -> bool:
    return type(value) is dict and all(1 <= len(word) <= 64 for word in value)


def _day(value: Any) -> bool:
    if not isinstance(value, str) or not _DAY.match(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _areas(value: Any) -> bool:
    return type(value) is list and all(map(_area, value))


def _area(value: Any) -> bool:
    """Checks shapes only; the engine checks numbers, rings and which one of the three it is."""
    if type(value) is not dict:
        return False
    for kind, body in value.items():
        if type(body) is not dict:
            return False
        known = {"circle": _CIRCLE, "place": _PLACE, "polygon": body.keys()}.get(kind)
        if known is None or not body.keys() <= known:
            return False
        if kind == "place" and not _short(body.get("postal_code", "")):
            return False
    return True


def _short(postal_code: Any) -> bool:
    return not isinstance(postal_code, str) or len(postal_code) <= 20


_NUMBERS = ("list_price_min", "list_price_max", "bedrooms_min", "bedrooms_max", "bathrooms_min", "living_area_min")
_CHECKS: dict[str, Check] = {
    "id": _text(1, 64),
    "agency_id": _or_none(_text(1, 64)),
    "contact_id": _or_none(_text(1, 64)),
    "name": _or_none(_name),
    "transaction": _one_of(("sale", "lease")),
    "alerts": _one_of(ALERTS),
    "alert_possible": lambda value: type(value) is bool,
    "status": _one_of(("active", "paused")),
    "valid_until": _or_none(_day),
    "property_sub_types": _words,
    "must_have": _words,
    "wont_accept": _words,
    "preferences": _wishes,
    "areas": _areas,
    "currency": _or_none(_text(3, 3)),
    "tolerance_percent": _whole(0, 50),
    "year_built_min": _or_none(_whole(0, 3000)),
    **dict.fromkeys((*_NUMBERS, "living_area_max", "lot_size_area_min"), _or_none(_number)),
    **dict.fromkeys(("version", "sequence"), _whole(0, 2**62)),
    **dict.fromkeys(("created_at", "changed_at", "warnings"), _anything),
}
