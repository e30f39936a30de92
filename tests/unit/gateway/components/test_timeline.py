"""The lines of a timeline in words, and wishes in one line."""

from __future__ import annotations

from typing import Any

import pytest

from services.gateway.components.timeline.present import timeline_row, timeline_rows
from services.gateway.components.wish_summary.present import wish_line, wish_state
from shared.vocabulary.contacts import TIMELINE_KINDS
from tests.builders import a_saved_search, a_timeline_entry

pytestmark = pytest.mark.usefixtures("in_english")
FIGURES: dict[str, dict[str, Any]] = {
    "consent_granted": {"purpose": "alerts", "channel": "email"},
    "consent_withdrawn": {"purpose": "alerts", "channel": "email"},
    "stage_changed": {"new": "client"},
    "match_found": {"score": 92, "kind": "match", "entered_by": "price", "list_price": 1, "currency": "EUR"},
}


@pytest.mark.parametrize("kind", TIMELINE_KINDS.codes)
def test_every_kind_of_line_has_words_and_an_icon(kind: str) -> None:
    row = timeline_row(a_timeline_entry(kind=kind, figures=FIGURES.get(kind, {"text": "Two cats"})), {})
    assert row.text
    assert "_" not in row.text
    assert row.icon


@pytest.mark.parametrize(
    ("figures", "text"),
    [
        ({}, "Called"),
        ({"outcome": "viewing"}, "Called: wants a viewing"),
        ({"outcome": "reached", "text": "On Thursday"}, "Called: reached. On Thursday"),
    ],
)
def test_a_call_says_its_outcome_and_what_was_said(figures: dict[str, str], text: str) -> None:
    assert timeline_row(a_timeline_entry(kind="call", figures=figures), {}).text == text


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_a_letter_reads_otherwise_than_an_alert(state: str) -> None:
    kind = f"delivery_{state}"
    letter = timeline_row(a_timeline_entry(kind=kind, figures={"what": "letter"}), {})
    assert letter.text != timeline_row(a_timeline_entry(kind=kind, figures={}), {}).text


def test_a_line_names_the_colleague_and_the_home() -> None:
    home = {"street_name": "Calle Sagasta", "property_sub_type": "apartment", "city": None}
    line = a_timeline_entry(by="agent:member-1", listing_id="listing-1", listing=home)
    (row,) = timeline_rows([line], {"member-1": "Inés"})
    assert (row.hint, row.listing_id) == ("Inés", "listing-1")
    assert row.home.endswith("Calle Sagasta")


@pytest.mark.parametrize(
    ("changes", "state"),
    [({"status": "paused"}, "Paused"), ({"alerts": "daily"}, "Alerts: daily"), ({"alerts": "off"}, "Alerts: off")],
)
def test_wishes_say_whether_they_are_in_force(changes: dict[str, str], state: str) -> None:
    assert wish_state(a_saved_search(**changes)) == state


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        ([{"place": {"city": "Cádiz"}}], "Cádiz"),
        ([{"circle": {"radius_km": 1.52}}], "within 1.5 km"),
        ([{"polygon": {}}], "a drawn area"),
        ([{"place": {"city": "Cádiz"}}, {"polygon": {}}], "2 areas"),
    ],
)
def test_wishes_in_one_line_name_one_area_and_count_several(areas: list[dict[str, Any]], words: str) -> None:
    assert words in wish_line(a_saved_search(areas=areas))
