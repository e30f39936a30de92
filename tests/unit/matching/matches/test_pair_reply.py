"""What a reply says of a pair: fractions for the beam, points of 100, reasons in order, the gates of an alert."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.matching.engine.evaluate import beam, evaluate, most_points
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import World
from services.matching.matches.pair_reply import pair_reply
from services.matching.model import SavedSearch, alert_gates

TODAY = date(2026, 11, 22)
WORLD = World(TODAY)
LISTING: dict[str, Any] = {
    "id": "l1",
    "transaction": "sale",
    "list_price": 300_000,
    "currency": "EUR",
    "property_sub_type": "apartment",
    "bedrooms_total": 2,
    "living_area": 100,
    "features": ["lift"],
}
SEARCH: dict[str, Any] = {
    "id": "s1",
    "transaction": "sale",
    "list_price_max": 310_000,
    "currency": "EUR",
    "property_sub_types": ["apartment"],
    "bedrooms_min": 3,
    "bathrooms_min": 1,
    "living_area_min": 80,
    "must_have": ["lift"],
    "preferences": {"pool": "would"},
}


def test_the_beam_has_weights_and_finished_fractions() -> None:
    segments = {one["name"]: one for one in beam(verdict().criteria)}
    assert segments["price"] == {"name": "price", "weight": 30, "share": 1.0, "known": 1.0, "state": "pass"}
    # two of three sizes are known: bedrooms near with 500 points, the area with 1000
    assert segments["size"] == {"name": "size", "weight": 20, "share": 0.75, "known": 0.666, "state": "near"}
    assert segments["features"] == {"name": "features", "weight": 15, "share": 1.0, "known": 0.666, "state": "pass"}


def test_the_most_that_criteria_can_bring_is_a_hundred_points_together() -> None:
    most = most_points(verdict().criteria)
    assert sum(most.values()) == pytest.approx(100)
    assert most["bedrooms"] == pytest.approx(100 * 20 / 70 / 3)
    assert most["must_have.lift"] == pytest.approx(2 * most["preferences.pool"])


def test_a_shut_gate_brings_no_points() -> None:
    shut = evaluate(Search.from_wire(SEARCH | {"status": "paused"}), Listing.from_wire(LISTING), WORLD)
    assert "status" in [one.name for one in shut.criteria]
    assert "status" not in most_points(shut.criteria)
    assert sum(most_points(shut.criteria).values()) == pytest.approx(100)


def test_reasons_come_in_the_order_in_which_people_weigh_them() -> None:
    reply = pair_reply(
        Listing.from_wire(LISTING), Search.from_wire(SEARCH), {"name": "Flat", "alerts": "daily"}, WORLD, "en"
    )
    codes = [reason["code"] for reason in reply["reasons"]]
    assert (reply["search_name"], reply["alerts"]) == ("Flat", "daily")
    assert codes == ["price.under", "feature.must_have.present", "living_area.fits", "property_sub_type.fits"]


@pytest.mark.parametrize(
    ("wishes", "kind", "shut"),
    [
        ({}, "match", []),
        ({}, "possible", ["kind_wanted"]),
        ({"alert_possible": True}, "possible", []),
        ({"alert_possible": True}, "near", ["kind_wanted"]),
        ({"alerts": "off"}, "match", ["alerts_on"]),
        ({"alerts": "weekly"}, "match", []),
        ({"status": "paused"}, "none", ["search_active", "kind_wanted"]),
        ({"valid_until": "2026-11-21"}, "none", ["search_valid", "kind_wanted"]),
        ({"valid_until": "2026-11-22"}, "match", []),
    ],
)
def test_the_wishes_shut_the_gates_of_an_alert(wishes: dict[str, Any], kind: str, shut: list[str]) -> None:
    gates = alert_gates(SavedSearch("s1", "a1", "c1", {}, {}, **wishes), kind, TODAY)
    assert [gate.code for gate in gates] == ["search_active", "search_valid", "alerts_on", "kind_wanted"]
    assert [gate.code for gate in gates if not gate.open] == shut


def verdict() -> Any:
    return evaluate(Search.from_wire(SEARCH), Listing.from_wire(LISTING), WORLD)
