"""The public page of a home and the ways out of mails: what they show, and their words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.components.mail_links.links import LinkReader
from services.gateway.pages.public.homes.present import HomePage, home_page
from tests.builders import a_listing, an_agency
from tests.unit.gateway.rendering import a_request, page, words_of

READER = LinkReader("agency-1", "contact-1", "en", "listing-1", saved_search_ids=("search-1",))


def a_card(**facts: Any) -> dict[str, Any]:
    listing = {**a_listing(features_absent=["garage"], **facts)}
    return {**listing, "_id": listing.pop("id"), "agency_id": "agency-1", "sequence": 3}


def a_page(reader: LinkReader | None = None, asked: str = "", said: str = "", **facts: Any) -> HomePage:
    remarks = {"public_remarks": {"en": "Bright flat", "es": "Piso luminoso"}}
    return home_page(
        a_card(**remarks | facts), an_agency(), "Inés Vega", "https://example.com", reader, asked=asked, said=said
    )


@pytest.mark.usefixtures("in_english")
def test_a_shared_link_has_words_and_a_picture() -> None:
    card = a_page().card
    assert card.title == "Flat, Calle Sagasta, Cádiz"
    assert card.description.startswith("€295,000, 3 bedrooms")
    assert card.description.endswith("Bright flat")
    assert card.url == "https://example.com/homes/listing-1"
    assert card.image == "https://example.com/homes/listing-1/picture.jpg?v=3&l=en"
    assert len(a_page(public_remarks={"en": "x" * 900}).card.description) == 280


def test_the_description_comes_in_the_language_of_the_reader_else_in_english_else_in_any(pages: Flask) -> None:
    with a_request(pages, "es"):
        assert a_page().text == "Piso luminoso"
    with a_request(pages, "sv"):
        assert a_page().text == "Bright flat"
        assert a_page(public_remarks={"sl": "Svetlo"}).text == "Svetlo"
        assert a_page(public_remarks={}).text == ""


@pytest.mark.usefixtures("in_english")
def test_search_engines_read_a_listing_without_what_is_not_stated() -> None:
    data = a_page(year_built=None).structured_data
    assert data is not None
    home: Any = data["mainEntity"]
    assert home["@type"] == "Apartment"
    assert "yearBuilt" not in home
    assert [(each["name"], each["value"]) for each in home["amenityFeature"]][-1][1] is False
    assert data["image"] == ["https://example.com/homes/listing-1/picture.jpg?v=3&l=en"]


@pytest.mark.usefixtures("in_english")
def test_a_home_that_left_the_market_is_not_for_search_engines() -> None:
    closed = a_page(standard_status="closed")
    assert (closed.is_on_market, closed.structured_data) == (False, None)


@pytest.mark.usefixtures("in_english")
def test_a_home_without_a_place_has_no_map() -> None:
    assert a_page(latitude=None).pins == []
    assert [pin["path"] for pin in a_page().pins] == ["#listing-1"]


def test_whom_we_wrote_to_may_answer(pages: Flask) -> None:
    with a_request(pages):
        plain, asked = a_page(), a_page(READER, asked="discard")
        said = a_page(READER, said="favorite")
        shown = [page("public/homes/home.html", page=each, home=each.home) for each in (plain, asked, said)]
    assert ['name="preference"' in each for each in shown] == [False, True, True]
    assert ["noindex" in each for each in shown] == [False, True, True]
    assert 'class="discard asked"' in shown[1]
    assert shown[2].count('aria-pressed="true"') == 1


@pytest.mark.parametrize("language", ["en", "pt"])
def test_the_words_of_the_pages(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        home = a_page(READER, asked="favorite")
        exits = [("", ""), ("all", ""), ("daily", ""), ("off", "off"), ("all", "all")]
        shown = [page("public/homes/home.html", page=home, home=home.home)]
        shown += [page("public/exits/exit.html", reader=READER, asked=asked, done=done) for asked, done in exits]
        assert "\n\n".join(map(words_of, shown)) == snapshot
