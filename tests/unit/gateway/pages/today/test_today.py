"""Today: who is worth a call, what came back, what did not arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.today import present
from services.gateway.pages.today.read import TodayAnswer
from services.gateway.projections.model import Answer, NewMatches
from services.gateway.upstream.http import Unavailable
from tests.builders import a_contact, a_delivery, a_listing, a_match, match_counts, no_mail, reachability
from tests.unit.gateway.rendering import a_request, block, page, words_of

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
AGENT = "member-1"


def an_answer(*, entered_by: str = "new", home: dict[str, Any] | None = None, **changes: Any) -> TodayAnswer:
    """A home that fits Ana, an agent's own, who agreed to alerts, and Bojan, whom one may only call."""
    ana = a_contact(agent_member_id=AGENT)
    bojan = a_contact(id="contact-2", full_name="Bojan Kralj")
    matches = [a_match(), a_match(saved_search_id="search-2", score=80), a_match(contact_id="contact-2", score=71)]
    facts: dict[str, Any] = {
        "news": [NewMatches("listing-1", entered_by, NOW)],
        "matches": {"listing-1": {"listing_id": "listing-1", "counts": match_counts(), "matches": matches}},
        "answers": [Answer("contact-1", "listing-1", "discard", "too_expensive", NOW)],
        "undelivered": [a_delivery(state="failed", reason="550 no such mailbox")],
        "delivery_counts": {"sent": 2, "queued": 1, "failed": 1},
        "homes": {"listing-1": {**a_listing(), **(home or {})}},
        "people": {"contact-1": ana, "contact-2": bojan},
        "reachability": [reachability(), no_mail("contact-2")],
        "pairs_set_aside": frozenset(),
        "unavailable": [],
    }
    return TodayAnswer(**{**facts, **changes})


def names(shown: present.Today) -> list[str]:
    return [row.name for group in shown.groups for row in group.rows]


@pytest.mark.usefixtures("in_english")
class TestGroups:
    def test_a_person_with_several_wishes_has_one_row(self) -> None:
        assert names(present.today(an_answer(), "team", AGENT)) == ["Ana Beltrán", "Bojan Kralj"]

    def test_an_agents_own_page_has_only_the_agents_people(self) -> None:
        assert names(present.today(an_answer(), "mine", AGENT)) == ["Ana Beltrán"]

    def test_a_pair_that_was_set_aside_is_left_out(self) -> None:
        shown = present.today(an_answer(pairs_set_aside=frozenset({"listing-1/contact-1"})), "team", AGENT)
        assert names(shown) == ["Bojan Kralj"]

    def test_a_home_without_anybody_left_is_left_out(self) -> None:
        assert present.today(an_answer(people={}), "team", AGENT).groups == []

    def test_nobody_who_may_not_be_reached_is_worth_a_call(self) -> None:
        stopped = [no_mail("contact-1", phone=False), no_mail("contact-2", phone=False)]
        assert present.today(an_answer(reachability=stopped), "team", AGENT).groups == []

    def test_while_notifications_does_not_answer_people_are_shown_and_no_letter_is_offered(self) -> None:
        answer = an_answer(reachability=Unavailable("notifications", "no answer"))
        (group,) = present.today(answer, "team", AGENT).groups
        assert (len(group.rows), group.writable) == (2, 0)

    def test_a_letter_goes_to_those_who_may_be_written_to(self) -> None:
        (group,) = present.today(an_answer(), "team", AGENT).groups
        assert (group.writable, group.letter_path) == (1, "/letters/new?listing_id=listing-1&contact_id=contact-1")
        assert [bool(row.letter_path) for row in group.rows] == [True, False]

    @pytest.mark.parametrize(
        ("entered_by", "home", "words"),
        [
            ("new", {}, "New home"),
            ("price", {"previous_list_price": 368_750}, "Price down 20%"),
            ("price", {"previous_list_price": 250_000}, "New price"),
            ("price", {"previous_list_price": None}, "New price"),
            ("status", {}, "Back on the market"),
            ("criteria", {}, "Now fits"),
        ],
    )
    def test_a_home_says_why_it_is_here(self, entered_by: str, home: dict[str, Any], words: str) -> None:
        (group,) = present.today(an_answer(entered_by=entered_by, home=home), "team", AGENT).groups
        assert group.news == words


@pytest.mark.usefixtures("in_english")
class TestBeside:
    def test_an_answer_of_somebody_who_is_gone_is_left_out(self) -> None:
        shown = present.today(an_answer(people={}), "team", AGENT)
        assert (shown.answers, shown.undelivered) == ([], [])

    def test_an_answer_about_an_unknown_home_still_stands(self) -> None:
        answer = an_answer(answers=[Answer("contact-1", "listing-9", "favorite", None, NOW)])
        (row,) = present.today(answer, "team", AGENT).answers
        assert (row.text, row.home, row.icon) == ("favourite", "a home", "heart/filled")

    def test_the_text_of_a_mail_server_stands_as_it_is(self) -> None:
        (row,) = present.today(an_answer(), "team", AGENT).undelivered
        assert row.reason == "550 no such mailbox"


@pytest.mark.parametrize("language", ["en", "es"])
@time_machine.travel(NOW, tick=False)
def test_the_words_of_the_page(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        shown = present.today(an_answer(entered_by="price", home={"previous_list_price": 320_000}), "team", AGENT)
        assert words_of(page("today/index.html", today=shown, now=NOW)) == snapshot


def test_the_part_alone_is_what_stands_in_the_page(pages: Flask) -> None:
    with a_request(pages):
        shown = present.today(an_answer(), "team", AGENT)
        alone, whole = block("today/index.html", "today", today=shown), page("today/index.html", today=shown, now=NOW)
    assert 'id="_today"' in alone
    assert "".join(alone.split()) in "".join(whole.split())


def test_nobody_is_said_to_wait_for_nothing_while_a_service_does_not_answer(pages: Flask) -> None:
    with a_request(pages):
        empty = present.today(an_answer(news=[]), "mine", AGENT)
        quiet = block("today/index.html", "today", today=empty)
        away = block("today/index.html", "today", today=replace(empty, unavailable=["matching"]))
    assert "Nobody to call" in quiet
    assert "Nobody to call" not in away
    assert "matching is not answering" in away
