"""The plain reader of lines says of every line what the schemas and the engine say together."""

from __future__ import annotations

import copy
import json
import math
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from services.matching.engine.dictionary.places import shipped_places
from services.matching.engine.dictionary.words import shipped_words
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.refusal import Refused
from services.matching.offline.json_lines import plain, read_listing, read_search
from services.matching.schemas.listings import ListingLine
from services.matching.schemas.searches import SavedSearchLine, SavedSearchOut
from tests.support.matching.crowds import homes, wishes

ODD: list[Any] = [
    None, True, False, 0, 1, -1, 1.5, 0.001, 2.125, 10**6, 10**13, 10**400, 1e308, -0.0, 5.0, math.nan, math.inf,
    "", " ", "x", "EUR", "eur", "EUR\n", "x" * 64, "x" * 65, "x" * 250, "\ud800", "a\0b", "2026-11-22", "2026-13-01",
    "2026-11-22T00:00:00Z", "20261122", "２０２６-11-22", "sale", "active", "paused", "instant", "strong",
    [], [[]], [None], ["pool"], ["pool", 1], ["x" * 65], ["lift"] * 70, ["\ud800"], {}, {"$ne": None}, {"a": 1},
    {"lift": "strong"}, {"lift": "badly"}, {"": "would"}, {"lift": None}, [{"circle": None}],
    [{"place": {"city": None}}], [{"place": {"name": "x"}}],
    [{"place": {"postal_code": "1" * 21}}], [{"place": {"postal_code": None}}], [{"circle": {}, "place": {}}], [{}],
    [{"circle": {"latitude": 1, "longitude": 2, "radius_km": 3, "more": 4}}], [{"polygon": {"type": "Polygon"}}],
    [{"circle": {"latitude": 1.2345678901234567, "longitude": 2.1e-17, "radius_km": 3.3333333333333335}}],
    [{"polygon": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}}],
]  # fmt: skip


def spoilt(wires: list[dict[str, Any]], fields: list[str], many: int, seed: int) -> list[dict[str, Any]]:
    """Records with one or two fields spoilt, dropped, added or moved; some spared."""
    chance, out = Random(seed), []
    while len(out) < many:
        wire = copy.deepcopy(chance.choice(wires))
        for _ in range(chance.choice([0, 1, 1, 1, 2])):
            where = chance.choice(fields)
            at, name = _inner(wire, chance) if chance.random() < 0.25 else (wire, where)
            if chance.random() < 0.1:
                at.pop(name, None)
            else:
                at[name] = copy.deepcopy(chance.choice(ODD))
        out.append(wire)
    return out


def _inner(wire: dict[str, Any], chance: Random) -> tuple[Any, Any]:
    """A place somewhere inside a record."""
    at: Any = wire
    name: Any = chance.choice(list(wire))
    while isinstance(at[name], (dict, list)) and at[name] and chance.random() < 0.8:
        at = at[name]
        name = chance.choice(list(at)) if isinstance(at, dict) else chance.randrange(len(at))
    return (at, name) if isinstance(at, dict) else ({}, "")


def taken(schema: Any, record: Any, wire: dict[str, Any]) -> bool:
    """What the API would say: the schema, then the engine."""
    if schema.validate(wire):
        return False
    try:
        record.from_wire({name: value for name, value in wire.items() if name != "resolved"})
    except Refused:
        return False
    return True


def read(reader: Any, wire: dict[str, Any]) -> bool:
    try:
        reader(json.dumps(wire).encode(), shipped_places(), shipped_words())
    except Refused as refusal:
        return not all(why for why in [refusal.fields, *refusal.fields.values()])
    return True


def test_five_thousand_spoilt_searches_get_the_verdict_of_schema_and_engine() -> None:
    fields = [*SavedSearchLine().fields, "list_price_maximum", "resolved"]
    schema, taken_ones, agreed = SavedSearchLine(), 0, 0
    for wire in spoilt(wishes(300, 1), fields, 5000, 2):
        right = taken(schema, Search, wire)
        assert read(read_search, wire) is right, wire
        # Nothing that the schema refuses passes the plain check, but for half characters, which the line shows.
        agreed += plain(wire) is not bool(schema.validate(wire))
        taken_ones += right
    assert 500 < taken_ones < 4500
    assert agreed > 4500


def test_what_the_plain_check_passes_the_schema_never_refuses() -> None:
    schema = SavedSearchLine()
    for wire in spoilt(wishes(300, 3), list(schema.fields), 3000, 4):
        if plain(wire) and "\\u" not in json.dumps(wire):
            faults = set(schema.validate(wire))
            if faults:
                with pytest.raises(Refused):
                    Search.from_wire(wire)


def test_five_thousand_spoilt_listings_get_the_verdict_of_schema_and_engine() -> None:
    schema, taken_ones = ListingLine(), 0
    for wire in spoilt(
        homes(300, 5), [*schema.fields, "photos", "resolved", "country", "version", "sequence"], 5000, 6
    ):
        right = taken(schema, Listing, wire)
        assert read(read_listing, wire) is right, wire
        taken_ones += right
    assert 500 < taken_ones < 4800


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "one JSON object"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"id": "s", "transaction": "sale", "list_price_maxx": 1}', "list_price_maxx: Unknown field"),
        (b'{"id": "s", "transaction": "sale"}', "State at least one"),
        (b'{"id": "s", "transaction": "sale", "areas": [{"circle": {"radius_km": 1}}]}', "areas.0.circle.latitude"),
        (b'{"id": "s\\ud800", "transaction": "sale", "bedrooms_min": 1}', "half a character"),
    ],
)
def test_a_refusal_names_the_field_in_words(line: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_search(line, shipped_places(), shipped_words())


def test_what_the_api_answers_with_is_a_line_that_is_taken() -> None:
    wire = wishes(1, 7)[0]
    stored = {
        **{name: value for name, value in wire.items() if name != "sequence"},
        "name": "Sea", "alerts": "daily", "alert_possible": True, "valid_until": None, "version": 3, "warnings": ["x"],
        "created_at": datetime(2026, 11, 22, tzinfo=UTC), "changed_at": datetime(2026, 11, 22, tzinfo=UTC),
    }  # fmt: skip
    answer = SavedSearchOut().dump(stored)
    assert read_search(json.dumps(answer).encode(), shipped_places(), shipped_words()).id == wire["id"]
