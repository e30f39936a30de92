"""The words of the editor for members, and what of it is drawn alone."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.components.wish_editor.forms import WishForm
from services.gateway.components.wish_editor.present import EditorView
from services.gateway.components.wish_editor.preview import wish_preview
from services.gateway.components.wish_editor.suggestions import WishSuggestion
from services.gateway.pages.wishes import present
from tests.builders import a_contact, a_preview, a_saved_search, a_suggestion, an_agency
from tests.unit.gateway.rendering import a_request, block, page, words_of

PAGE = "wishes/show.html"
OFFER: Any = {"change": "price", "figures": {}, "text": "8 more at €320,000", "gain": 8, "patch": {"list_price_max": 1}}


def a_view(**changes: Any) -> EditorView:
    """Wishes with a drawn circle and two features, and what they find."""
    circle = {"circle": {"latitude": 36.5, "longitude": -6.3, "radius_km": 1.5}}
    search = a_saved_search(areas=[circle], must_have=["lift"], preferences={"garden": "would"}, status="paused")
    form = WishForm.from_search(search, "EUR")
    audience = present.audience("contact-1", "/wishes/search-1", an_agency(), a_contact())
    found = wish_preview(a_preview(counterfactuals=[OFFER], warnings=["Nobody knows “castle”."]), form, "/listings/")
    facts: dict[str, Any] = {"preview": found, "search": search}
    facts |= {"suggestions": [WishSuggestion.from_reply(a_suggestion())]}
    return EditorView(audience, form, {}, **{**facts, **changes})


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_of_the_editor(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        assert words_of(page(PAGE, editor=a_view())) == snapshot


@pytest.mark.parametrize(("name", "id_"), [("editor", "wishes"), ("fits", "_found")])
def test_a_block_alone_is_what_stands_in_the_page(pages: Flask, name: str, id_: str) -> None:
    with a_request(pages):
        view = a_view()
        alone, whole = block(PAGE, name, editor=view), page(PAGE, editor=view)
    assert f'id="{id_}"' in alone
    assert "".join(alone.split("csrf_token")[0].split()) in "".join(whole.split())


@pytest.mark.parametrize("is_unavailable", [True, False])
def test_without_a_preview_the_page_says_why(pages: Flask, is_unavailable: bool) -> None:
    with a_request(pages):
        html = block(PAGE, "fits", editor=a_view(preview=None, is_preview_unavailable=is_unavailable))
    assert ("not known right now" in html) is is_unavailable
    assert "data-found" not in html


def test_new_wishes_are_neither_paused_nor_removed(pages: Flask) -> None:
    with a_request(pages):
        html = page(PAGE, editor=a_view(search=None, suggestions=()))
    assert "/removal" not in html
    assert 'class="notice near"' in html


def test_an_error_stands_at_its_field(pages: Flask) -> None:
    with a_request(pages):
        view = EditorView(a_view().audience, WishForm({"list_price_max": "much"}), {"list_price_max": "No number."})
        html = page(PAGE, editor=view)
    assert 'data-fault="list_price_max"><svg' in "".join(html.split("\n"))
    assert 'value="much"' in html


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("alerts", "fitting", "text"),
    [
        ("instant", 3, "Saved. 3 homes fit. Ana gets new ones at once."),
        ("weekly", 1, "Saved. One home fits. Ana gets new ones once a week."),
        ("off", None, "Saved. No e-mail is sent for these wishes."),
    ],
)
def test_after_saving_the_member_reads_what_follows(alerts: str, fitting: int | None, text: str) -> None:
    assert present.saved_text(alerts, fitting, "Ana") == text


def test_without_an_agency_of_its_own_the_currency_is_a_usual_one() -> None:
    assert present.audience("a/b", "", None).back_path == "/contacts/a%2Fb"
    assert present.audience("a", "", None).currency == "EUR"
