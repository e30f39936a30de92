"""Reasons as people read them, in five languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.matching.engine.evaluate import evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.reasons import reasons_of
from services.matching.engine.world import Rates, World

TODAY = date(2026, 11, 22)
WORLD = World(TODAY, Rates(TODAY, {"EUR": 1.0, "USD": 1.25}))
HOME = {"id": "l", "transaction": "sale", "list_price": 289_000, "currency": "EUR"}
WISH = {"id": "s", "contact_id": "c", "transaction": "sale", "currency": "EUR"}


def texts(wish: dict[str, Any], home: dict[str, Any], drawer: str, language: str = "en") -> list[str]:
    search, listing = Search.from_wire({**WISH, **wish}), Listing.from_wire({**HOME, **home})
    told = reasons_of(evaluate(search, listing, WORLD), search, listing, language)
    return [one["text"].replace("\N{NO-BREAK SPACE}", " ") for one in told[drawer]]


@pytest.mark.parametrize(
    ("wish", "home", "drawer", "text"),
    [
        ({"list_price_max": 300_000}, {}, "reasons", "€11,000 under budget"),
        ({"list_price_max": 289_000}, {}, "reasons", "exactly on budget"),
        ({"list_price_max": 289_000.5}, {}, "reasons", "€0.50 under budget"),
        ({"list_price_min": 200_000}, {}, "reasons", "€289,000, not below the lowest price"),
        ({"list_price_max": 280_000}, {}, "misses", "€9,000 over budget (3.2%)"),
        ({"list_price_max": 0}, {}, "misses", "€289,000 over budget"),
        ({"list_price_min": 290_000}, {}, "misses", "€1,000 below the lowest price (0.3%)"),
        ({"list_price_max": 1}, {"list_price": None}, "unknowns", "price not stated"),
        (
            {"list_price_max": 1},
            {"currency": "JPY"},
            "unknowns",
            "price not compared: no exchange rate from JPY to EUR",
        ),
        ({"bedrooms_min": 1}, {"bedrooms_total": 1}, "reasons", "1 bedroom (wanted: from 1)"),
        ({"bedrooms_min": 2, "bedrooms_max": 4}, {"bedrooms_total": 3}, "reasons", "3 bedrooms (wanted: 2 to 4)"),
        ({"bedrooms_max": 2}, {"bedrooms_total": 3}, "misses", "1 bedroom more than wanted"),
        ({"bathrooms_min": 2}, {"bathrooms_total": 1.25}, "misses", "0.75 bathrooms fewer than wanted"),
        ({"living_area_min": 120}, {"living_area": 142}, "reasons", "142 m² living area (wanted: from 120 m²)"),
        ({"lot_size_area_min": 1200}, {"lot_size_area": 1100}, "misses", "plot 100 m² smaller than wanted"),
        ({"year_built_min": 1980}, {"year_built": 1979}, "misses", "built 1 year earlier than wanted"),
        ({"year_built_min": 1980}, {"year_built": 2001}, "reasons", "built in 2001 (wanted: from 1980)"),
        ({"preferences": {"lift": "would"}}, {"features_absent": ["lift"]}, "misses", "no lift (would prefer)"),
        ({"preferences": {"pets_allowed": "might"}}, {}, "unknowns", "pets not stated"),
        ({"wont_accept": ["ground floor"]}, {}, "unknowns", "ground floor not mentioned (not acceptable)"),
        ({"wont_accept": ["pool"]}, {"features_absent": ["pool"]}, "reasons", "no pool, as required"),
        (
            {"property_sub_types": ["piso"]},
            {"property_sub_type": "office"},
            "misses",
            "office, not one of the types wanted",
        ),
        ({"areas": [{"place": {"city": "Vigo"}}]}, {"city": "Lugo"}, "misses", "in Lugo, not in Vigo"),
        ({}, {"standard_status": "pending"}, "misses", "not on the market"),
        ({"valid_until": "2026-11-01"}, {}, "misses", "the wishes were valid until 1 Nov 2026"),
        ({}, {"owner_contact_ids": ["c"]}, "misses", "the person owns this home"),
        ({}, {"transaction": "lease"}, "misses", "to let, not for sale"),
    ],
)
def test_a_reason_is_a_sentence_with_its_figure(wish: Any, home: Any, drawer: str, text: str) -> None:
    assert text in texts({"year_built_min": 0, **wish}, home, drawer)


def test_a_circle_tells_the_distance_from_its_centre_and_beyond_its_edge() -> None:
    area = {"areas": [{"circle": {"latitude": 38.72, "longitude": -9.14, "radius_km": 1.2}}]}
    assert texts(area, {"latitude": 38.73, "longitude": -9.14}, "reasons") == ["1.1 km from the centre of the circle"]
    far = {"latitude": 38.75, "longitude": -9.14}
    assert texts(area, far, "misses") == ["3.3 km from the centre of the circle, 2.1 km outside it"]


def test_every_fuzzy_decision_is_told() -> None:
    wish = {"areas": [{"place": {"city": "madird"}}], "must_have": ["ascensro"]}
    assert texts(wish, {"city": "Madrid", "features": ["lift"]}, "reasons") == [
        "in Madrid, as named",
        "accepted Madrid for “madird” (typing error)",
        "lift, as required",
        "accepted lift for “ascensro” (typing error)",
    ]
    other = {"areas": [{"place": {"city": "Lisbon"}}]}
    assert "accepted Lisboa for “Lisbon” (another name)" in texts(other, {"city": "Lisboa"}, "reasons")


def test_a_converted_price_is_told_with_the_rate_and_its_day() -> None:
    told = texts({"list_price_max": 100_000}, {"list_price": 100_000, "currency": "USD"}, "reasons")
    assert told == ["€20,000 under budget", "price converted from US$100,000 at 0.8, the rate of 22 Nov 2026"]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("es", ["11.000 € por debajo del presupuesto", "sin ascensor (lo preferiría)", "mascotas: no consta"]),
        (
            "pt",
            ["11 000 € abaixo do orçamento", "sem elevador (seria preferível)", "animais de estimação: não indicado"],
        ),
        ("sl", ["11.000 € pod zgornjo mejo", "dvigalo: ne (zaželeno)", "hišni ljubljenčki: ni navedeno"]),
        ("sv", ["11 000 € under budget", "saknar hiss (önskas helst)", "husdjur anges inte"]),
    ],
)
def test_reasons_come_in_the_readers_language_and_numbers(language: str, sentences: list[str]) -> None:
    wish = {"list_price_max": 300_000, "preferences": {"lift": "would", "pets allowed": "might"}}
    home = {"features_absent": ["elevator"]}
    assert [texts(wish, home, drawer, language)[0] for drawer in ("reasons", "misses", "unknowns")] == sentences


@pytest.mark.parametrize(
    ("rooms", "text"),
    [
        (1, "1 spalnica"),
        (2, "2 spalnici"),
        (3, "3 spalnice"),
        (4, "4 spalnice"),
        (5, "5 spalnic"),
        (101, "101 spalnica"),
        (2.5, "2,5 spalnice"),
    ],
)
def test_slovene_counts_in_its_four_forms(rooms: float, text: str) -> None:
    assert texts({"bedrooms_min": 1}, {"bedrooms_total": rooms}, "reasons", "sl") == [f"{text} (želeno: od 1)"]


def test_a_reason_carries_its_code_and_figures_for_programs() -> None:
    search, listing = Search.from_wire({**WISH, "list_price_max": 300_000}), Listing.from_wire(HOME)
    (reason,) = reasons_of(evaluate(search, listing, WORLD), search, listing, "en")["reasons"]
    assert (reason["code"], reason["figures"]["under"]) == ("price.under", 11_000)
