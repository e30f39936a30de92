"""The words of the pages of contacts, and what of them is drawn alone."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.contacts import present
from services.gateway.pages.contacts.filter import ContactFilter
from services.gateway.pages.contacts.forms import CallForm, ConsentForm, ContactForm
from services.gateway.pages.contacts.read import (
    ConsentTab,
    ContactAnswer,
    ContactList,
    HomesTab,
    MailTab,
    NotesTab,
    Tab,
)
from services.gateway.pages.contacts.tabs import NAMES, shown_tab
from services.gateway.upstream.http import Unavailable
from services.gateway.web.forms.page_form import FormErrors
from tests.builders import (
    a_consent,
    a_contact,
    a_delivery,
    a_listing,
    a_match,
    a_possible_duplicate,
    a_saved_search,
    a_timeline_entry,
    match_counts,
    no_mail,
    reachability,
)
from tests.unit.gateway.rendering import a_request, block, page, words_of

PAGE = "contacts/show.html"
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
    assert html.count("matching gives no answer") == 2
    assert html.count("leads gives no answer") == 1


@pytest.mark.parametrize("language", ["en", "pt"])
@time_machine.travel(NOW, tick=False)
def test_the_words_of_the_list(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    contact = a_contact(stage="new", agent_member_id="member-1")
    with a_request(pages, language):
        chosen = ContactFilter()
        answer = ContactList({"items": [contact], "next_cursor": "after"}, [no_mail()])
        table = present.contact_table(answer, chosen, COLLEAGUES)
        assert words_of(page("contacts/index.html", filter=chosen, table=table)) == snapshot


@pytest.mark.parametrize(
    ("chosen", "words"),
    [(ContactFilter(q="Bo"), "Nobody matches these filters."), (ContactFilter(), "Nobody here yet.")],
)
def test_an_empty_list_says_whether_a_filter_empties_it(pages: Flask, chosen: ContactFilter, words: str) -> None:
    with a_request(pages):
        table = present.contact_table(ContactList({"items": [], "next_cursor": None}, []), chosen, {})
        assert words in block("contacts/index.html", "list", filter=chosen, table=table)


def test_the_form_of_a_new_contact_asks_who_is_known_already(pages: Flask) -> None:
    with a_request(pages):
        known = present.known_contacts([a_possible_duplicate(agent_member_id="member-1")], COLLEAGUES)
        values = {"contact": None, "form": ContactForm(full_name="Ana"), "errors": FormErrors(), "known": known}
        whole, alone = page("contacts/form.html", **values), block("contacts/form.html", "known", **values)
    assert whole.count('hx-get="/contacts/known"') == 2
    assert "".join(alone.split()) in "".join(whole.split())
    for text in ('href="/contacts/contact-2"', "Ana B.", "ana@example.com", "with Inés Vega"):
        assert text in alone, text


def test_the_form_of_a_known_contact_asks_for_no_consent_and_looks_nobody_up(pages: Flask) -> None:
    contact = a_contact()
    with a_request(pages):
        form = ContactForm.from_contact(contact)
        html = page("contacts/form.html", contact=contact, form=form, errors=FormErrors(), known=())
    assert "/contacts/known" not in html
    assert 'name="agrees"' not in html
    assert 'name="version" value="1"' in html


def test_errors_stand_at_their_fields(pages: Flask) -> None:
    with a_request(pages):
        errors = FormErrors({"email": "Not an address."})
        values = {"contact": None, "form": ContactForm(email="x", notes="Two cats"), "errors": errors, "known": ()}
        html = page("contacts/form.html", **values)
    for text in ('id="e-email"', 'aria-invalid="true"', "Two cats", "Not an address."):
        assert text in html, text


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("contacts/call_dialog.html", {"form": CallForm(listing_id="listing-1")}),
        ("contacts/consent_dialog.html", {"form": ConsentForm(), "choices": [("alerts.email", "New homes")]}),
    ],
)
def test_the_words_of_the_dialogs(
    pages: Flask, template: str, values: dict[str, Any], snapshot: SnapshotAssertion
) -> None:
    with a_request(pages):
        html = pages.jinja_env.get_template(template).render(contact=a_contact(), errors=FormErrors(), **values)
        assert words_of(html, "dialog") == snapshot
