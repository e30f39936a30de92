"""The words where prospects sign in and out."""

from __future__ import annotations

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from tests.unit.gateway.rendering import a_request, page, words_of


@pytest.mark.parametrize("language", ["en", "pt"])
def test_the_words_of_the_pages(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language, "/me/sign-in"):
        form = {"email": "", "error": "", "is_sent": False}
        shown = [page("portal/door/show.html", **form), page("portal/door/show.html", **{**form, "is_sent": True})]
        shown += [page("portal/door/link.html", agency_name="Marea"), page("portal/door/farewell.html")]
        assert "\n---\n".join(map(words_of, shown)) == snapshot


def test_in_the_dialog_the_form_stays_over_the_page(pages: Flask) -> None:
    with a_request(pages):
        assert 'hx-target="#over"' in page("portal/door/dialog.html")
        assert "hx-target" not in page("portal/door/show.html", member=None)
