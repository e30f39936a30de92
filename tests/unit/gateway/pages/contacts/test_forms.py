"""Forms and the filter of contacts: what is typed, and what it becomes."""

from __future__ import annotations

import pytest

from services.gateway.pages.contacts.filter import ContactFilter
from services.gateway.pages.contacts.forms import CallForm, ConsentForm, ContactForm, NoteForm
from services.gateway.web.forms.page_form import FormErrors
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


class TestConsentForm:
    def test_purpose_and_channel_are_one_field(self) -> None:
        body = ConsentForm(what="marketing.sms", source="by letter", wording_version="v1").body()
        assert (body["purpose"], body["channel"], body["wording_version"]) == ("marketing", "sms", "v1")

    def test_a_withdrawal_has_no_wording(self) -> None:
        assert ConsentForm(state="withdrawn", source="by phone").body()["wording_version"] is None

    @pytest.mark.usefixtures("in_english")
    def test_it_must_say_how_we_know(self) -> None:
        assert list(ConsentForm().errors()) == ["source"]
        assert not ConsentForm(source="by letter").errors()

    def test_a_services_errors_stand_at_the_field_of_the_page(self) -> None:
        assert ConsentForm.by_field(FormErrors({"channel": "Unknown.", "state": "Wrong."})) == {
            "what": "Unknown.",
            "state": "Wrong.",
        }


def test_a_call_becomes_an_entry_of_the_timeline() -> None:
    form = CallForm.from_form({"outcome": "reached", "text": " Yes ", "next_on": "", "listing_id": "l", "once": "k"})
    assert form.body() == {"kind": "call", "text": "Yes", "outcome": "reached", "next_on": None, "listing_id": "l"}
    assert form.idempotency_key == "k"


def test_a_note_becomes_an_entry_of_the_timeline() -> None:
    assert NoteForm.from_form({"text": "Two cats"}).body() == {"kind": "note", "text": "Two cats"}


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
