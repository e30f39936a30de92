"""Letters: the dialog, who may receive one, and what is said once they were written."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion
from werkzeug.datastructures import MultiDict

from services.gateway.pages.letters import present
from services.gateway.pages.letters.forms import MOST_HOMES, MOST_PEOPLE, LetterForm
from services.gateway.pages.letters.read import DialogAnswer
from services.gateway.pages.letters.sending import Sent
from services.gateway.upstream.http import Unavailable
from services.gateway.web.forms.page_form import FormErrors
from tests.builders import a_contact, a_delivery, a_listing, no_mail, reachability
from tests.unit.gateway.rendering import a_request, words_of

EVA = a_contact(id="contact-2", full_name="Eva Novak", phone=None)


def the_form(*people: str, homes: tuple[str, ...] = ("listing-1",), **more: str) -> LetterForm:
    typed = [*(("contact_id", each) for each in people), *(("listing_id", each) for each in homes), *more.items()]
    return LetterForm.from_form(MultiDict(typed))


def an_answer(**changes: Any) -> DialogAnswer:
    """Eva, who may not be written to, then Ana, who had a mail about the home."""
    facts: dict[str, Any] = {
        "homes": [a_listing()],
        "people": [EVA, a_contact()],
        "reachability": [reachability(), no_mail("contact-2")],
        "last_deliveries": {"contact-1": a_delivery()},
    }
    return DialogAnswer(**{**facts, **changes})


class TestForm:
    def test_everybody_who_is_named_is_ticked_and_shown_once(self) -> None:
        args = MultiDict([("contact_id", "a"), ("contact_id", "b"), ("contact_id", "a"), ("listing_id", "l")])
        form = LetterForm.from_args(args)
        assert (form.contact_ids, form.ticked, form.listing_ids) == (["a", "b"], ["a", "b"], ["l"])

    def test_people_who_are_not_ticked_stay_in_the_dialog(self) -> None:
        form = the_form("b", asked="a b")
        assert (form.shown_contact_ids, form.recipients) == (["a", "b"], ["b"])

    @pytest.mark.usefixtures("in_english")
    def test_a_letter_needs_somebody(self) -> None:
        assert the_form(asked="a").errors() == {"": "Tick at least one person first."}
        assert the_form("a").errors() == {}

    @pytest.mark.usefixtures("in_english")
    def test_more_than_one_go_takes_is_left_out_and_said(self) -> None:
        people = [f"c{n}" for n in range(MOST_PEOPLE + 1)]
        homes = tuple(f"l{n}" for n in range(MOST_HOMES + 1))
        form = the_form(*people, homes=homes)
        assert (len(form.shown_contact_ids), len(form.shown_listing_ids)) == (MOST_PEOPLE, MOST_HOMES)
        assert form.warnings()
        assert not the_form("a").warnings()


@pytest.mark.usefixtures("in_english")
class TestDialog:
    def test_those_who_may_receive_it_come_first(self) -> None:
        shown = present.letter_dialog(the_form("contact-1", "contact-2"), an_answer(), FormErrors(), {})
        assert [(each.name, each.may_receive) for each in shown.recipients] == [
            ("Ana Beltrán", True),
            ("Eva Novak", False),
        ]
        assert shown.can_send

    def test_while_notifications_does_not_answer_nobody_may_receive_it(self) -> None:
        answer = an_answer(reachability=Unavailable("notifications", "no answer"))
        shown = present.letter_dialog(the_form("contact-1"), answer, FormErrors(), {})
        assert not shown.can_send
        assert shown.recipients[0].why == "notifications is not answering"

    def test_a_refusal_stands_at_the_name_with_its_reason(self) -> None:
        refused = {"contact-2": "The person has not agreed to mail.", "contact-1": "Too late."}
        shown = present.letter_dialog(the_form("contact-2"), an_answer(), FormErrors(), refused)
        assert shown.errors["Ana Beltrán"] == "Too late."
        assert shown.errors["Eva Novak"] == shown.recipients[1].why

    def test_several_homes_are_counted_in_the_title(self) -> None:
        answer = an_answer(homes=[a_listing(), a_listing(id="listing-2")], people=[a_contact()])
        shown = present.letter_dialog(the_form("contact-1"), answer, FormErrors(), {})
        assert shown.title == "Send 2 homes to Ana Beltrán"


@pytest.mark.usefixtures("in_english")
class TestWords:
    def test_what_was_sent_and_what_was_refused_are_both_said(self) -> None:
        assert present.sent(Sent(["d"], {})) == "Will be sent to one person."
        assert (
            present.sent(Sent(["d", "e"], {"c": "no"})) == "Will be sent to 2 people. One person cannot be written to."
        )

    def test_a_letter_that_had_left_is_said(self) -> None:
        assert present.cancelled(1, 0) == "E-mail cancelled."
        assert present.cancelled(2, 1) == "One e-mail had already been sent."

    def test_one_leads_back_to_where_the_letter_was_written(self) -> None:
        assert present.back_path(the_form("c", homes=("l",))) == "/listings/l"
        assert present.back_path(the_form("c", homes=("l", "m"))) == "/contacts/c"
        assert present.back_path(the_form("c", "d", homes=("l", "m"))) == "/listings/l"
        assert present.undo_path(["d", "e"]) == "/letters/cancellations?id=d&id=e"


@pytest.mark.parametrize("language", ["en", "pt"])
@time_machine.travel("2026-11-21T12:00:00+00:00", tick=False)
def test_the_words_of_the_dialog(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        form = the_form("contact-1", note="Hasta pronto")
        shown = present.letter_dialog(form, an_answer(), FormErrors({"": "Broken."}), {})
        html = pages.jinja_env.get_template("letters/new.html").render(letter=shown, zone="UTC")
        assert words_of(html, "dialog") == snapshot
