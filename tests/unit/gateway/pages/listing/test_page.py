"""The words of a listing's page, and what of it is drawn alone."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.listing import present
from services.gateway.pages.listing.read import PeopleFilter, PeoplePage
from services.gateway.upstream.http import Unavailable
from services.gateway.web.deferred_part import DeferredPart
from tests.builders import (
    a_consent,
    a_contact,
    a_delivery,
    a_history_entry,
    a_listing,
    a_match,
    an_open_question,
    no_mail,
    reachability,
)
from tests.unit.gateway.rendering import a_request, block, page, words_of

PAGE = "listing/show.html"


def a_page() -> dict[str, Any]:
    """The page of a listing that two people's searches meet; the second person may not be written to."""
    listing = a_listing(features_absent=["garage"], year_built=None)
    bojan = a_contact(id="contact-2", full_name="Bojan Kralj", phone=None, consents=[])
    lacks = {"code": "garage", "figures": {}, "text": "No garage"}
    matches = [a_match(), a_match(contact_id="contact-2", saved_search_id="search-2", score=71, misses=[lacks])]
    people = PeoplePage(
        PeopleFilter(),
        {"match": 2, "possible": 0, "near": 1, "discarded": 0},
        [],
        [a_delivery()],
        {"items": matches, "next_cursor": "after"},
        {"contact-1": a_contact(consents=[a_consent()]), "contact-2": bojan},
        [reachability(), no_mail("contact-2", phone=False)],
    )
    asked = [an_open_question("terrace"), an_open_question("year_built", waiting=0, wishing=2)]
    history = [a_history_entry(new=300_000), a_history_entry(at="2026-03-12T10:00:00+00:00", reason="owner")]
    return {
        "home": listing,
        "owners": [a_contact(id="owner-1", full_name="Olga Owner")],
        "table": present.people_table("listing-1", people),
        "questions": present.questions(listing, asked),
        "prices": present.prices("listing-1", history),
        "demand": DeferredPart(present.demand_path("listing-1"), is_pending=True),
        "similar": DeferredPart(present.similar_path("listing-1"), is_pending=True),
    }


@pytest.mark.parametrize("language", ["en", "es"])
@time_machine.travel("2026-03-22T12:00:00+00:00", tick=False)
def test_the_words_of_the_page(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        assert words_of(page(PAGE, **a_page())) == snapshot


@pytest.mark.parametrize("name", ["facts", "people", "questions", "demand", "similar"])
def test_a_block_alone_is_what_stands_in_the_page(pages: Flask, name: str) -> None:
    with a_request(pages):
        shown = a_page()
        alone, whole = block(PAGE, name, **shown), page(PAGE, **shown)
    assert f'id="_{name}"' in alone
    assert "".join(alone.split()) in "".join(whole.split())


def test_further_people_come_without_a_table_around_them(pages: Flask) -> None:
    with a_request(pages):
        table = present.PeopleTable("listing-1", "match", (), is_first_page=False)
        assert 'id="_people"' not in block(PAGE, "people", home=a_listing(), table=table)


def test_a_part_whose_service_has_not_heard_of_the_listing_asks_again_by_itself(pages: Flask) -> None:
    not_known = Unavailable("matching", "There is no such listing.", not_known=True)
    with a_request(pages):
        part = block(PAGE, "similar", similar=present.similar("listing-1", not_known))
    assert 'hx-get="/listings/listing-1/similar" hx-trigger="load delay:2s"' in part


def test_parts_that_are_swapped_into_their_places_say_so(pages: Flask) -> None:
    with a_request(pages):
        shown = a_page()
        assert 'hx-swap-oob="true"' in block(PAGE, "facts", out_of_band=True, **shown)
        assert "hx-swap-oob" not in block(PAGE, "facts", **shown)
