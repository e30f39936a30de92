"""The words of the editor for prospects, and of the list of their wishes."""

from __future__ import annotations

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.components.wish_editor.forms import WishForm
from services.gateway.components.wish_editor.present import EditorView
from services.gateway.components.wish_editor.preview import wish_preview
from services.gateway.pages.portal.wishes import present
from services.gateway.pages.portal.wishes.read import CountedWishes
from tests.builders import a_preview, a_saved_search, an_agency, match_counts
from tests.unit.gateway.rendering import a_request, block, page, words_of

PAGE = "portal/wishes/show.html"


def a_view() -> EditorView:
    """Wishes with one feature, and what they find."""
    search = a_saved_search(must_have=["lift"])
    form = WishForm.from_search(search, "EUR")
    audience = present.audience("contact-1", "/me/wishes/search-1", an_agency())
    return EditorView(audience, form, {}, preview=wish_preview(a_preview(), form, "/me/homes/"), search=search)


@pytest.mark.parametrize("language", ["en", "sl"])
def test_the_words_of_the_editor(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        assert words_of(page(PAGE, editor=a_view())) == snapshot


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_words_of_the_list(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    paused = CountedWishes(a_saved_search(id="search-2", name=None, status="paused"), None)
    wishes = [CountedWishes(a_saved_search(), match_counts(near=3)), paused]
    with a_request(pages, language):
        assert words_of(page("portal/wishes/index.html", wishes=wishes)) == snapshot


def test_what_fits_alone_is_what_stands_in_the_page(pages: Flask) -> None:
    with a_request(pages):
        view = a_view()
        alone, whole = block(PAGE, "fits", editor=view), page(PAGE, editor=view)
    assert 'id="_found"' in alone
    assert "".join(alone.split()) in "".join(whole.split())


def test_without_wishes_the_list_leads_to_the_editor(pages: Flask) -> None:
    with a_request(pages):
        assert page("portal/wishes/index.html", wishes=[]).count('href="/me/wishes/new"') == 2


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("alerts", "fitting", "text"),
    [
        ("daily", 1, "Saved. One home fits. We write to you about new ones once a day."),
        ("off", 0, "Saved. 0 homes fit. We do not write to you about these wishes."),
    ],
)
def test_after_saving_the_prospect_reads_what_follows(alerts: str, fitting: int, text: str) -> None:
    assert present.saved_text(alerts, fitting) == text
