"""The form and the filter of contacts: what is typed, and what it becomes."""

from __future__ import annotations

import pytest

from services.gateway.pages.contacts.filter import ContactFilter
from services.gateway.pages.contacts.forms import ContactForm
from tests.builders import a_contact

TYPED = {"full_name": " Klara Novak ", "phone": "031 234 506", "email": "", "language": "sl", "stage": "new"}


class TestContactForm:
    def test_what_is_empty_is_not_stated(self) -> None:
        body = ContactForm.from_form(TYPED).body()
        assert (body["full_name"], body["phone"], body["email"], body["notes"]) == (
            "Klara Novak",
            "031 234 506",
            None,
            None,
        )

    def test_a_language_and_a_stage_that_were_not_chosen_stay_as_they_are(self) -> None:
        body = ContactForm.from_form({"full_name": "Klara"}).body()
        assert not {"language", "stage"} & set(body)

    def test_the_form_shows_the_telephone_as_it_was_typed(self) -> None:
        form = ContactForm.from_contact(a_contact(phone_as_typed="612 345 018"))
        assert (form.phone, form.version) == ("612 345 018", "1")

    @pytest.mark.parametrize(("typed", "consents"), [({"agrees": "yes"}, 1), ({}, 0)])
    def test_consent_to_alerts_is_sent_only_where_it_was_given(self, typed: dict[str, str], consents: int) -> None:
        assert len(ContactForm.from_form(TYPED | typed).body_of_new()["consents"]) == consents


class TestContactFilter:
    def test_an_address_is_read_and_written_back(self) -> None:
        chosen = ContactFilter.from_args({"q": " Ana ", "stage": "new", "whose": "mine", "cursor": "c", "other": "x"})
        assert chosen.path() == "/contacts?q=Ana&stage=new&whose=mine"
        assert chosen.path("d") == "/contacts?q=Ana&stage=new&whose=mine&cursor=d"

    def test_nothing_chosen_is_the_plain_address(self) -> None:
        assert ContactFilter.from_args({}).path() == "/contacts"

    @pytest.mark.parametrize(
        ("args", "narrowed"),
        [({}, False), ({"cursor": "c"}, False), ({"whose": "x"}, False), ({"language": "sl"}, True)],
    )
    def test_only_a_filter_narrows_the_list(self, args: dict[str, str], narrowed: bool) -> None:
        assert ContactFilter.from_args(args).is_narrowed == narrowed
