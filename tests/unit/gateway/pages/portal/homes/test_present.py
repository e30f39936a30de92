"""The lists of a prospect's homes, one home in full, and the reason of a no."""

from __future__ import annotations

from typing import Any

import pytest

from services.gateway.components.prospect_homes.opinions import HomeOpinion
from services.gateway.pages.portal.homes.home_page import home_page
from services.gateway.pages.portal.homes.present import HomesPage, homes_page
from services.gateway.pages.portal.homes.read import HomeReply, HomesReply
from services.gateway.pages.portal.homes.refusal import RefusalSheet
from services.gateway.upstream.http import Unavailable
from tests.builders import (
    a_listing,
    a_match,
    a_public_listing,
    a_saved_search,
    a_similar_listing,
    an_explanation,
    an_opinion,
    an_own_contact,
    match_counts,
)

pytestmark = pytest.mark.usefixtures("in_english")
AWAY = Unavailable("matching", "no answer")


def a_reply(**changes: Any) -> HomesReply:
    """Two homes that fit, of which one is new, one that almost fits, one that was refused."""
    matches = {
        "match": [a_match(listing_id="new"), a_match(listing_id="seen", viewed=True)],
        "possible": [],
        "near": [a_match(listing_id="near", kind="near")],
    }
    refused = [HomeOpinion(an_opinion(listing_id="no", preference="discard"), a_listing())]
    facts: dict[str, Any] = {"contact": an_own_contact(first_name="Eva"), "wishes": [a_saved_search()]}
    facts |= {"wish": a_saved_search(), "matches": matches, "refused": refused}
    return HomesReply(**{**facts, **changes})


def ids(page: HomesPage) -> list[str]:
    return [card.id for card in page.cards]


@pytest.mark.parametrize(
    ("wanted", "chosen", "homes"),
    [
        ("", "new", ["new"]),
        ("all", "all", ["new", "seen"]),
        ("almost", "almost", ["near"]),
        ("no", "no", ["no"]),
        ("nonsense", "all", ["new", "seen"]),
    ],
)
def test_the_list_that_is_wanted_is_open_and_new_homes_come_first(wanted: str, chosen: str, homes: list[str]) -> None:
    page = homes_page(a_reply(), wanted)
    assert (page.chosen, ids(page)) == (chosen, homes)


def test_without_new_homes_all_are_open() -> None:
    page = homes_page(a_reply(matches={"match": [a_match(viewed=True)]}), "")
    assert page.chosen == "all"


def test_the_counts_are_those_of_matching_where_it_answers() -> None:
    counted = homes_page(a_reply(counts=match_counts(match=40, possible=2, near=7, discarded=3)), "")
    assert dict(counted.counts) == {"new": 1, "all": 42, "almost": 7, "no": 3}
    assert dict(homes_page(a_reply(), "").counts) == {"new": 1, "all": 2, "almost": 1, "no": 1}


@pytest.mark.parametrize(
    ("changes", "heading"),
    [
        ({}, "2 homes for you, Eva"),
        ({"matches": {"match": [a_match()]}}, "1 home for you, Eva"),
        ({"contact": None}, "2 homes for you"),
        ({"contact": an_own_contact(first_name=None, full_name="Ana Beltrán")}, "2 homes for you, Ana"),
        ({"wish": None, "wishes": []}, "Homes for you"),
    ],
)
def test_the_heading_counts_the_homes_and_names_the_prospect(changes: dict[str, Any], heading: str) -> None:
    assert homes_page(a_reply(**changes), "").heading == heading


def test_a_tab_leads_to_its_list_of_the_same_wishes() -> None:
    tabs = homes_page(a_reply(), "all").tabs
    assert [(tab.name, tab.path) for tab in tabs][3] == ("no", "/me?wish=search-1&list=no")


def test_the_map_has_drawn_areas_alone_and_no_home_that_is_gone() -> None:
    circle = {"circle": {"latitude": 1, "longitude": 1, "radius_km": 1}}
    wish = a_saved_search(areas=[{"place": {"name": "Cádiz"}}, circle])
    gone = HomeOpinion(an_opinion(preference="discard"), a_listing(standard_status="closed"))
    shown: Any = homes_page(a_reply(wish=wish), "almost").map_data
    assert shown["areas"] == [{"key": "0", **circle}]
    assert [pin["kind"] for pin in shown["homes"]] == ["near"]
    assert homes_page(a_reply(refused=[gone]), "no").map_data["homes"] == []


def test_a_service_that_does_not_answer_is_named_beside_what_is_known() -> None:
    page = homes_page(a_reply(unavailable=AWAY), "")
    assert page.unavailable is AWAY
    assert ids(page) == ["new"]


def test_of_several_wishes_the_one_that_the_home_fits_best_is_explained() -> None:
    far = an_explanation(saved_search_id="far", kind="none", score=99)
    near = an_explanation(saved_search_id="near", kind="near", score=40)
    page = home_page(HomeReply(a_public_listing(), None, [far, near], [a_similar_listing()]))
    assert (page.wish_id, page.fit_heading) == ("near", "Why it fits")
    assert home_page(HomeReply(a_public_listing(), None, [far], [])).fit_heading == "How it compares with your wishes"
    alone = home_page(HomeReply(a_public_listing(), an_opinion(), [], []))
    assert (alone.best, alone.wish_id, alone.preference) == (None, "", "favorite")


def test_only_what_is_stated_is_a_fact_and_remarks_come_in_a_language_that_is_there() -> None:
    listing = a_public_listing(year_built=None, lot_size_area=None, public_remarks={"es": "Luminoso"})
    page = home_page(HomeReply(listing, None, [], []))
    assert "Built in" not in dict(page.facts)
    assert dict(page.facts)["Bedrooms"] == "3"
    assert page.remarks == "Luminoso"
    both = a_public_listing(public_remarks={"es": "Luminoso", "en": "Bright"})
    assert home_page(HomeReply(both, None, [], [])).remarks == "Bright"


def test_the_reasons_of_a_no_are_eight_of_those_that_matching_knows() -> None:
    codes = [code for code, text in RefusalSheet("listing-1", a_listing(), "search-1").reasons if text]
    assert codes == ["location", "too_expensive", "too_small", "too_dark", "condition", "layout", "noise", "other"]
