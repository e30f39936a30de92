"""Forms about a contact: what is typed, and what it becomes."""

from __future__ import annotations

import pytest

from services.gateway.pages.contact_entries.forms import CallForm, ConsentForm, NoteForm
from services.gateway.web.forms.page_form import FormErrors


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
