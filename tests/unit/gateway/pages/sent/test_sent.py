"""Sent: a row for each mail, and what may be done with it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.sent import present
from services.gateway.pages.sent.read import SentAnswer
from tests.builders import a_contact, a_delivery, a_listing
from tests.unit.gateway.rendering import a_request, block, page, words_of

LETTER = {"id": "delivery-2", "kind": "letter", "by": "member-1", "listing_ids": ["listing-1", "listing-2"]}


def the_table(*deliveries: Any, state: str = "", cursor: str | None = None) -> present.SentTable:
    answer = SentAnswer(
        {"items": list(deliveries), "next_cursor": cursor},
        {"contact-1": a_contact()},
        {"listing-1": dict(a_listing())},
    )
    return present.table(state, answer, {"member-1": "Inés Vega"})


@pytest.mark.usefixtures("in_english")
class TestRows:
    @pytest.mark.parametrize(("state", "path"), [("failed", "/sent/delivery-1/resend"), ("sent", "")])
    def test_only_what_did_not_arrive_can_be_sent_again(self, state: str, path: str) -> None:
        (row,) = the_table(a_delivery(state=state)).rows
        assert row.resend_path == path

    def test_a_letter_can_be_cancelled_until_it_leaves(self) -> None:
        waiting, gone = the_table(a_delivery(leaves_at="2026-11-21T12:00:20+00:00"), a_delivery()).rows
        assert (waiting.cancel_path, gone.cancel_path) == ("/letters/delivery-1/cancellation", "")

    def test_a_letter_names_its_writer_and_counts_its_other_homes(self) -> None:
        (row,) = the_table(a_delivery(**LETTER)).rows
        assert (row.is_letter, row.writer, row.other_homes) == (True, "Inés Vega", 1)

    def test_an_erased_person_and_an_unknown_home_have_no_name(self) -> None:
        (row,) = the_table(a_delivery(contact_id="contact-9", listing_id="listing-9")).rows
        assert (row.person, row.home) == ("", "")

    def test_the_next_page_keeps_the_state(self) -> None:
        assert the_table(state="failed", cursor="c").next_path == "/sent?state=failed&cursor=c"


@pytest.mark.parametrize("language", ["en", "es"])
@time_machine.travel("2026-11-21T12:00:00+00:00", tick=False)
def test_the_words_of_the_page(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        letter = a_delivery(**LETTER, state="queued", leaves_at="2026-11-21T12:00:20+00:00", sent_at=None)
        table = the_table(letter, a_delivery(state="failed", reason="no_address"), cursor="c")
        assert words_of(page("sent/index.html", table=table)) == snapshot


def test_the_list_alone_is_what_stands_in_the_page(pages: Flask) -> None:
    with a_request(pages):
        table = the_table(a_delivery())
        alone, whole = block("sent/index.html", "list", table=table), page("sent/index.html", table=table)
    assert "".join(alone.split()) in "".join(whole.split())
