"""The words of the list and the form of contacts, and what of them is drawn alone."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.contacts import present
from services.gateway.pages.contacts.filter import ContactFilter
from services.gateway.pages.contacts.forms import ContactForm
from services.gateway.pages.contacts.read import (
    ContactList,
)
from services.gateway.web.forms.page_form import FormErrors
from tests.builders import (
    a_contact,
    a_possible_duplicate,
    no_mail,
)
from tests.unit.gateway.rendering import a_request, block, page, words_of

NOW = "2026-11-21T12:00:00+00:00"
COLLEAGUES = {"member-1": "Inés Vega"}


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
    [(ContactFilter(q="Bo"), "Nobody matches these filters."), (ContactFilter(), "No contacts yet.")],
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
