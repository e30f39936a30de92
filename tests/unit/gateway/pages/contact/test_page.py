"""The words of the page of a contact, and what of it is drawn alone."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.contact import present
from services.gateway.pages.contact.read import (
    ConsentTab,
    ContactAnswer,
    HomesTab,
    MailTab,
    NotesTab,
    Tab,
)
from services.gateway.pages.contact.tabs import NAMES, shown_tab
from services.gateway.upstream.http import Unavailable
from tests.builders import (
    a_consent,
    a_contact,
    a_delivery,
    a_listing,
    a_match,
    a_saved_search,
    a_timeline_entry,
    match_counts,
    reachability,
)
from tests.unit.gateway.rendering import a_request, block, page, words_of

PAGE = "contact/show.html"
NOW = "2026-11-21T12:00:00+00:00"
COLLEAGUES = {"member-1": "Inés Vega"}
TABS: dict[str, Tab] = {
    "homes": HomesTab([a_match()], [a_delivery()]),
    "mail": MailTab([a_delivery(reason="no_consent", state="skipped")], {"listing-1": dict(a_listing())}),
    "notes": NotesTab({"items": [a_timeline_entry()], "next_cursor": None}),
    "consent": ConsentTab({"items": [a_consent()], "next_cursor": None}),
}


def an_answer(**changes: Any) -> ContactAnswer:
    """Ana with one saved search, a note and a consent."""
    call = {"outcome": "viewing", "text": "On Thursday", "next_on": "2026-11-26"}
    lines = [
        a_timeline_entry(kind="call", figures=call),
        a_timeline_entry(kind="contact_created", figures={}),
    ]
    facts: dict[str, Any] = {
        "reachability": [reachability()],
        "contact": a_contact(stage="active", agent_member_id="member-1", consents=[a_consent()], notes="After five"),
        "searches": [a_saved_search()],
        "counts": {"search-1": match_counts()},
        "tab": TABS["homes"],
        "timeline": {"items": lines, "next_cursor": "after"},
        "consents": {"items": [a_consent()], "next_cursor": None},
        "notes": {"items": [a_timeline_entry()], "next_cursor": None},
    }
    return ContactAnswer(**{**facts, **changes})


def shown(answer: ContactAnswer, tab_name: str = "homes") -> dict[str, Any]:
    """What the page of a person is rendered with."""
    return {
        "contact": answer.contact,
        "page": present.contact_shown(answer, COLLEAGUES),
        "tab": shown_tab("contact-1", tab_name, answer.tab, COLLEAGUES),
        "timeline": present.timeline("contact-1", answer.timeline, COLLEAGUES),
    }


@pytest.mark.parametrize("language", ["en", "sl"])
@time_machine.travel(NOW, tick=False)
def test_the_words_of_the_page_of_a_person(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        assert words_of(page(PAGE, **shown(an_answer()))) == snapshot


@pytest.mark.parametrize("name", NAMES)
@time_machine.travel(NOW, tick=False)
def test_the_words_of_each_tab(pages: Flask, name: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages):
        html = block(PAGE, "tab", **shown(an_answer(tab=TABS[name]), name))
        assert words_of(html, "section") == snapshot


@pytest.mark.parametrize(("name", "target"), [("tab", "_contact_tab"), ("timeline", "_timeline")])
def test_a_block_alone_is_what_stands_in_the_page(pages: Flask, name: str, target: str) -> None:
    with a_request(pages):
        values = shown(an_answer())
        alone, whole = block(PAGE, name, **values), page(PAGE, **values)
    assert f'id="{target}"' in alone
    assert "".join(alone.split()) in "".join(whole.split())


def test_services_that_do_not_answer_are_named_in_their_places(pages: Flask) -> None:
    matching, leads = Unavailable("matching", "no answer"), Unavailable("leads", "no answer")
    with a_request(pages):
        html = page(PAGE, **shown(an_answer(searches=matching, tab=matching, timeline=leads)))
    assert html.count("matching is not answering") == 2
    assert html.count("leads is not answering") == 1
