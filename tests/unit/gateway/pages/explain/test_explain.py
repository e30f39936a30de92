"""An explanation: sentences, criteria, gates, ways to a match, and the words of its page."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.explain import present
from services.gateway.pages.explain.criteria import criterion_rows
from services.gateway.pages.explain.gates import gates
from services.gateway.pages.explain.improvements import ways_to_a_match
from services.gateway.pages.explain.read import PairAnswer, SideAnswer
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.matching import AlertGate, Improvement, Improvements
from services.gateway.upstream.notifications import Gate
from tests.builders import (
    a_contact,
    a_criterion,
    a_listing,
    a_match,
    a_reason,
    a_saved_search,
    an_explanation,
    reachability,
    sendability,
)
from tests.unit.gateway.rendering import a_request, block, page, words_of

PRICE = {"min": None, "max": 310_000, "currency": "EUR"}
OWN: list[AlertGate] = [
    {"code": "alerts_on", "open": True, "value": "instant"},
    {"code": "kind_wanted", "open": False, "value": "near"},
]
CONSENT: Gate = {"code": "consent", "open": True, "reason": None, "at": None}
AWAY = Unavailable("notifications", "no answer")


def an_improvement(code: str, side: str = "search", criterion: str = "price", **changes: Any) -> Improvement:
    facts: Any = {"code": code, "side": side, "criterion": criterion, "figures": {}, "patch": None, "price": None}
    return {**facts, "opens_contacts": None, "opens_listings": None, **changes}


def the_improvements(*items: Improvement, together: bool = False) -> Improvements:
    pair = {"saved_search_id": "search-1", "listing_id": "listing-1", "contact_id": "contact-1"}
    return {**pair, "together": together, "items": list(items)}  # type: ignore[typeddict-item]


def an_answer(**changes: Any) -> PairAnswer:
    """Ana and a flat that is 10,000 euros too dear."""
    miss = a_reason("€10,000 over budget", code="price.above")
    price = a_criterion(name="price", state="near", wanted=PRICE, found={"amount": 320_000, "currency": "EUR"})
    pool = a_criterion(
        name="strong.pool", hard=False, state="fail", wanted=True, found=None, weight=3, most=10, earned=0
    )
    facts: dict[str, Any] = {
        "pair": an_explanation(kind="near", misses=[miss], criteria=[price, pool], gates=OWN),
        "listing": a_listing(list_price=320_000),
        "search": a_saved_search(),
        "person": a_contact(),
        "reachability": [reachability()],
        "sendability": sendability(gates=[CONSENT]),
        "improvements": the_improvements(
            an_improvement(
                "lower_price", "listing", figures={"price": 310_000, "currency": "EUR"}, price=310_000, opens_contacts=1
            )
        ),
    }
    return PairAnswer(**{**facts, **changes})


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("answer", "last"),
    [
        ([{**reachability(), "phone": True}], "No alert can be sent; call instead."),
        ([{**reachability(), "phone": False}], "No alert can be sent."),
        (AWAY, "No alert can be sent."),
    ],
)
def test_a_call_is_proposed_only_where_notifications_permits_it(answer: Any, last: str) -> None:
    verdict = present.pair_page(an_answer(reachability=answer), "UTC").verdict
    assert verdict is not None
    assert verdict.summary[-1] == last


@pytest.mark.usefixtures("in_english")
class TestSummary:
    @pytest.mark.parametrize(
        ("kind", "may_go", "can_call", "last"),
        [
            ("match", True, True, "An alert can be sent."),
            ("near", False, True, "No alert can be sent; call instead."),
            ("near", False, False, "No alert can be sent."),
            ("none", False, True, "No alert can be sent."),
        ],
    )
    def test_it_ends_with_what_to_do(self, kind: str, may_go: bool, can_call: bool, last: str) -> None:
        assert present.summary(an_explanation(kind=kind), may_go=may_go, can_call=can_call)[-1] == last

    def test_wishes_that_would_only_be_nice_are_no_reason(self) -> None:
        misses = [a_reason("no pool", code="feature.strong.lacking"), a_reason("to let, not for sale", code="gate.x")]
        text = present.summary(an_explanation(kind="none", misses=misses), may_go=False, can_call=False)[0]
        assert text == "They do not match: to let, not for sale."


@pytest.mark.usefixtures("in_english")
class TestCriteria:
    @pytest.mark.parametrize(
        ("criterion", "wanted", "found"),
        [
            ({"name": "price", "wanted": PRICE, "found": None}, "Up to €310,000", "Not stated"),
            ({"name": "bedrooms", "wanted": {"min": 2, "max": 2}, "found": 3}, "2 bedrooms", "3 bedrooms"),
            (
                {"name": "living_area", "wanted": {"min": 60, "max": 90}, "found": 80},
                "60 m² to 90 m², living area",
                "80 m²",
            ),
            ({"name": "year_built", "wanted": {"min": 1990}, "found": 2001}, "From 1990, year of construction", "2001"),
            (
                {"name": "property_sub_type", "wanted": ["apartment", "office"], "found": "apartment"},
                "Flat, Office",
                "Flat",
            ),
            (
                {"name": "location", "wanted": {"place": {"city": "Cádiz"}}, "found": {"city": "Cádiz"}},
                "Cádiz",
                "Cádiz",
            ),
            (
                {"name": "location", "wanted": {"polygon": {}}, "found": True},
                "Inside the drawn area",
                "Where it is on the map",
            ),
            (
                {"name": "location", "wanted": {"circle": {"radius_km": 2}}, "found": 1.5},
                "Within 2 km of a point",
                "1.5 km from the centre",
            ),
            ({"name": "must_have.lift", "wanted": True, "found": True}, "Lift", "Yes"),
            ({"name": "wont_accept.pool", "wanted": False, "found": False}, "Pool", "No"),
            ({"name": "transaction", "wanted": "sale", "found": "lease"}, "To buy", "to let"),
        ],
    )
    def test_both_sides_are_said_in_words(self, criterion: dict[str, Any], wanted: str, found: str) -> None:
        pair = an_explanation(criteria=[a_criterion(**criterion)])
        (row,) = criterion_rows(pair, hard=True)
        assert (row.wanted.replace("\xa0", " "), row.found.replace("\xa0", " ")) == (wanted, found)

    @pytest.mark.parametrize(
        ("changes", "state"),
        [
            ({"name": "price", "wanted": PRICE, "found": None, "state": "fail"}, "fail"),
            ({"name": "strong.pool", "hard": False, "state": "fail", "found": False}, "lacks"),
            ({"name": "wont_accept.pool", "state": "pass", "found": None}, "unknown"),
        ],
    )
    def test_its_state_is_drawn(self, changes: dict[str, Any], state: str) -> None:
        criterion = a_criterion(**{"wanted": True, **changes})
        (row,) = criterion_rows(an_explanation(criteria=[criterion]), hard=criterion["hard"])
        assert row.state == state

    def test_a_gate_brings_no_points(self) -> None:
        gate = a_criterion(name="owner", most=None, earned=None)
        price = a_criterion(name="price", wanted=PRICE, found=None, most=66.66, earned=33.3)
        rows = criterion_rows(an_explanation(criteria=[gate, price]), hard=True)
        assert [row.points for row in rows] == ["", "33.3 of 66.7"]


@pytest.mark.usefixtures("in_english")
class TestGates:
    def test_those_of_the_wishes_and_those_of_notifications_stand_together(self) -> None:
        shown = gates(OWN, sendability(gates=[CONSENT]), "UTC")
        assert [(row.is_open, row.hint) for row in shown.rows] == [(True, "at once"), (False, "near"), (True, "")]
        assert not shown.are_open

    def test_all_of_them_must_be_open(self) -> None:
        assert gates(OWN[:1], sendability(), "UTC").are_open
        assert not gates(OWN[:1], AWAY, "UTC").are_open

    @time_machine.travel("2026-11-21T12:00:00+00:00", tick=False)
    def test_a_mail_at_this_price_says_when_it_was_sent_and_a_home_off_the_market_why(self) -> None:
        sent: Gate = {"code": "not_sent", "open": False, "reason": "sent_before", "at": "2026-03-02T09:30:00+00:00"}
        off: Gate = {"code": "listing_active", "open": False, "reason": "listing_closed", "at": None}
        rows = gates([], sendability(gates=[sent, off]), "UTC").rows
        assert [row.hint for row in rows] == ["2 Mar", "the listing is closed"]

    def test_every_gate_has_words(self) -> None:
        own: list[AlertGate] = [
            {"code": code, "open": True, "value": None} for code in ("search_active", "search_valid", "alerts_on")
        ]
        assert all("_" not in row.text for row in gates(own, sendability(), "UTC").rows)


@pytest.mark.usefixtures("in_english")
class TestWays:
    @pytest.mark.parametrize(
        ("improvement", "text", "path"),
        [
            (
                an_improvement("lower_price", "listing", figures={"price": 310_000, "currency": "EUR"}, price=310_000),
                "Price down to €310,000",
                "/listings/listing-1/price-changes/new?list_price=310%2C000",
            ),
            (
                an_improvement("raise_budget", figures={"amount": 320_000, "currency": "EUR"}),
                "Budget up to €320,000",
                "/wishes/search-1",
            ),
            (
                an_improvement("lower_bound", criterion="bedrooms", figures={"wanted": 3, "found": 2}),
                "Bedrooms: from 2 instead of 3",
                "/wishes/search-1",
            ),
            (
                an_improvement("raise_bound", criterion="year_built", figures={"wanted": 1990, "found": 2001}),
                "Year of construction: up to 2001 instead of 1990",
                "/wishes/search-1",
            ),
            (
                an_improvement("drop_must_have", criterion="must_have.lift", figures={"feature": "lift"}),
                "Without requiring: lift",
                "/wishes/search-1",
            ),
            (
                an_improvement("accept_feature", criterion="wont_accept.pool", figures={"feature": "pool"}),
                "Accepting pool",
                "/wishes/search-1",
            ),
        ],
    )
    def test_each_code_has_words_and_a_place(self, improvement: Improvement, text: str, path: str) -> None:
        (way,) = ways_to_a_match(the_improvements(improvement)).items
        assert (way.text, way.path) == (text, path)

    @pytest.mark.parametrize(
        ("about", "field", "path"),
        [
            ("pool", "pool", "/listings/listing-1/answers/new?about=pool"),
            ("bedrooms", "bedrooms_total", "/listings/listing-1/answers/new?about=bedrooms"),
            ("price", "list_price", "/listings/listing-1/price-changes/new"),
            ("location", "location", "/listings/listing-1/edit#f-latitude"),
        ],
    )
    def test_what_is_not_stated_is_a_question_with_a_place_for_its_answer(
        self, about: str, field: str, path: str
    ) -> None:
        improvement = an_improvement("state_fact", "listing", figures={"about": about, "field": field})
        (way,) = ways_to_a_match(the_improvements(improvement)).items
        assert way.path == path
        assert way.text.endswith("?")

    @pytest.mark.parametrize(
        ("changes", "gain"),
        [
            ({"opens_contacts": 1}, "also fits one other person"),
            ({"opens_contacts": 3}, "also fits 3 other people"),
            ({"opens_listings": 1}, "adds one more home"),
            ({}, ""),
        ],
    )
    def test_what_it_brings_besides_is_counted(self, changes: dict[str, int], gain: str) -> None:
        improvement = an_improvement("raise_budget", figures={"amount": 1, "currency": "EUR"}, **changes)
        assert ways_to_a_match(the_improvements(improvement)).items[0].gain == gain

    def test_there_are_none_while_matching_does_not_answer(self) -> None:
        assert ways_to_a_match(Unavailable("matching", "no answer")).items == ()


@pytest.mark.parametrize("language", ["en", "es"])
@time_machine.travel("2026-11-21T12:00:00+00:00", tick=False)
def test_the_words_of_a_pair(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        html = page("explain/show.html", explain=present.pair_page(an_answer(), "UTC"))
        assert words_of(html) == snapshot


@pytest.mark.parametrize(
    "answer",
    [
        SideAnswer(),
        SideAnswer(
            listing=a_listing(), offers=[a_match(), a_match(contact_id="gone")], people={"contact-1": a_contact()}
        ),
        SideAnswer(search=a_saved_search(), person=a_contact(), offers=[a_match()]),
        SideAnswer(search=a_saved_search(), person=a_contact()),
    ],
    ids=["nothing", "home", "person", "nobody"],
)
def test_the_words_of_one_side(pages: Flask, answer: SideAnswer, snapshot: SnapshotAssertion) -> None:
    with a_request(pages):
        assert words_of(page("explain/show.html", explain=present.side_page(answer))) == snapshot


def test_the_part_alone_is_what_stands_in_the_page(pages: Flask) -> None:
    with a_request(pages):
        shown = present.pair_page(an_answer(), "UTC")
        alone = block("explain/show.html", "explanation", explain=shown)
        whole = page("explain/show.html", explain=shown)
    assert "".join(alone.split()) in "".join(whole.split())
    assert 'href="/letters/new?listing_id=listing-1&amp;contact_id=contact-1"' in alone


def test_a_service_that_does_not_answer_takes_only_its_part(pages: Flask) -> None:
    with a_request(pages):
        shown = present.pair_page(an_answer(sendability=AWAY, person=None, search=None), "UTC")
        html = block("explain/show.html", "explanation", explain=shown)
    assert "notifications is not answering" in html
    assert "One thing does not fit" in html
