"""What the page of a listing shows, from replies of the services."""

from __future__ import annotations

import pytest

from services.gateway.components.listing.questions import field_of
from services.gateway.pages.listing import present
from services.gateway.pages.listing.read import PeopleFilter, PeoplePage
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import MatchCounts
from tests.builders import a_contact, a_delivery, a_listing, a_match, an_open_question, an_opinion, reachability

pytestmark = pytest.mark.usefixtures("in_english")

COUNTS = MatchCounts(match=1, possible=2, near=3, discarded=4)
AWAY = Unavailable("matching", "matching is not answering.")
NOT_KNOWN = Unavailable("matching", "There is no such listing.", not_known=True)


def people(*contacts: Contact) -> dict[str, Contact]:
    return {contact["id"]: contact for contact in contacts or (a_contact(),)}


def a_page(**parts: object) -> PeoplePage:
    page = {"filter": PeopleFilter(), "counts": COUNTS, "opinions": [], "deliveries": [], "people": people()}
    page["reachability"] = [reachability()]
    page |= {"matches": {"items": [a_match()], "next_cursor": None}}
    return PeoplePage(**{**page, **parts})  # type: ignore[arg-type]


def test_a_person_is_shown_once_with_the_best_match_and_the_latest_mail() -> None:
    matches = [a_match(score=90), a_match(score=80, saved_search_id="search-2")]
    sent = [a_delivery(id="new"), a_delivery(id="old")]
    table = present.people_table(
        "listing-1",
        a_page(matches={"items": matches, "next_cursor": "after"}, deliveries=sent, opinions=[an_opinion()]),
    )
    (row,) = table.rows
    assert (row.match["score"], row.other_searches, row.preference) == (90, 1, "favorite")
    assert row.last_delivery == sent[0]
    assert table.next_path == "/listings/listing-1/people?kind=match&cursor=after"
    assert [(tab.name, tab.count) for tab in table.tabs] == [("match", 1), ("possible", 2), ("near", 3), ("no", 4)]
    assert not table.is_empty


def test_a_person_who_was_erased_meanwhile_has_no_row() -> None:
    assert present.people_table("listing-1", a_page(people={})).is_empty


def test_those_who_refused_come_newest_first() -> None:
    early = an_opinion(preference="discard", contact_id="contact-1", changed_at="2026-11-01T10:00:00+00:00")
    late = an_opinion(preference="discard", contact_id="contact-2", changed_at="2026-11-02T10:00:00+00:00")
    known = people(a_contact(), a_contact(id="contact-2", full_name="Bea Mora"))
    page = a_page(filter=PeopleFilter("no"), matches=None, opinions=[early, late, an_opinion()], people=known)
    table = present.people_table("listing-1", page)
    assert [row.person["full_name"] for row in table.refusals] == ["Bea Mora", "Ana Beltrán"]
    assert table.rows == ()


def test_a_service_that_does_not_answer_is_named_once() -> None:
    table = present.people_table("listing-1", a_page(matches=AWAY, counts=AWAY, people={}))
    assert table.unavailable == (AWAY,)
    assert not table.is_empty
    assert table.not_known_yet is None
    assert [tab.count for tab in table.tabs] == [None] * 4


def test_a_listing_that_matching_has_not_heard_of_is_asked_for_again() -> None:
    assert present.people_table("listing-1", a_page(matches=NOT_KNOWN, counts=NOT_KNOWN)).not_known_yet == NOT_KNOWN


def test_a_cursor_makes_it_a_further_page() -> None:
    assert present.people_table("listing-1", a_page()).is_first_page
    assert not present.people_table("listing-1", a_page(filter=PeopleFilter("near", "after"))).is_first_page


@pytest.mark.parametrize(("kind", "expected"), [("near", "near"), ("nonsense", "match"), ("", "match")])
def test_a_kind_that_does_not_exist_is_the_first_one(kind: str, expected: str) -> None:
    assert PeopleFilter.from_args({"kind": kind}).kind == expected


def test_what_was_answered_meanwhile_is_not_asked() -> None:
    answer = [an_open_question(about) for about in ("garage", "lift", "bedrooms", "year_built")]
    shown = present.questions(a_listing(features=["lift"], year_built=None), answer)
    assert [each.about for each in shown.items] == ["garage", "year_built"]
    assert shown.features == ("garage",)


@pytest.mark.parametrize(
    ("about", "path", "target"),
    [
        ("garage", "/listings/listing-1/answers/new?about=garage", "#ask-garage"),
        ("price", "/listings/listing-1/price-changes/new", "#over"),
        ("location", "/listings/listing-1/edit#f-latitude", ""),
    ],
)
def test_a_question_leads_to_where_it_is_answered(about: str, path: str, target: str) -> None:
    question = present.Question("listing-1", about, field_of(about))
    assert (question.path, question.target) == (path, target)
