"""The words of the prospect's homes, and what of them is drawn alone."""

from __future__ import annotations

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.components.wish_editor.suggestions import WishSuggestion
from services.gateway.pages.portal.homes.home_page import home_page
from services.gateway.pages.portal.homes.present import homes_page
from services.gateway.pages.portal.homes.read import HomeReply, HomesReply
from services.gateway.pages.portal.homes.refusal import AnswerBar, RefusalSheet
from services.gateway.upstream.http import Unavailable
from tests.builders import (
    a_listing,
    a_match,
    a_public_listing,
    a_reason,
    a_saved_search,
    a_similar_listing,
    a_suggestion,
    an_explanation,
    an_own_contact,
)
from tests.unit.gateway.rendering import a_request, block, page, words_of

PAGE = "portal/homes/index.html"
REPLY = HomesReply(
    an_own_contact(first_name="Eva"),
    [a_saved_search(), a_saved_search(id="search-2", name="Casa")],
    a_saved_search(),
    {"match": [a_match(unknowns=[a_reason("Lift: not stated")])], "possible": [], "near": []},
)


@pytest.mark.parametrize("language", ["en", "es", "sl"])
def test_the_words_of_the_lists(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language, "/me"):
        assert words_of(page(PAGE, page=homes_page(REPLY, ""))) == snapshot


@pytest.mark.parametrize("language", ["en", "pt"])
def test_the_words_of_a_home(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    reply = HomeReply(a_public_listing(), None, [an_explanation()], [a_similar_listing()])
    with a_request(pages, language, "/me/homes/listing-1"):
        assert words_of(page("portal/homes/show.html", page=home_page(reply))) == snapshot


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_words_of_the_sheet_after_a_no(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    suggestion = WishSuggestion.from_reply(a_suggestion())
    sheet = RefusalSheet("listing-1", a_listing(), "search-1", "too_expensive", suggestion)
    with a_request(pages, language):
        assert words_of(page("portal/homes/refusal.html", sheet=sheet), "dialog") == snapshot


def test_the_lists_alone_are_what_stands_in_the_page(pages: Flask) -> None:
    with a_request(pages, path="/me"):
        shown = homes_page(REPLY, "")
        alone, whole = block(PAGE, "homes", page=shown, here="/me"), page(PAGE, page=shown, here="/me")
    assert alone.lstrip().startswith('<div id="_me_homes">')
    assert "".join(alone.split()) in "".join(whole.split())


@pytest.mark.parametrize("wishes", [(), (a_saved_search(),)])
def test_without_wishes_or_without_matching_there_are_no_cards(pages: Flask, wishes: tuple[object, ...]) -> None:
    unavailable = Unavailable("matching", "no answer") if wishes else None
    with a_request(pages, path="/me"):
        html = page(PAGE, page=homes_page(HomesReply(unavailable=unavailable), ""))
    assert 'class="home-cards"' not in html
    assert ('href="/me/wishes"' in html.partition("<main")[2]) is (unavailable is None)


@pytest.mark.parametrize(
    ("preference", "list_name", "is_hidden"),
    [("discard", "all", True), ("discard", "no", False), ("discard", "home", False), ("favorite", "all", False)],
)
def test_a_refused_home_disappears_from_lists_and_stays_where_it_was_refused(
    pages: Flask, preference: str, list_name: str, is_hidden: bool
) -> None:
    with a_request(pages):
        bar = AnswerBar("listing-1", preference, "search-1", list_name)
        html = page("portal/homes/answer.html", bar=bar, sheet=None)
    assert ('class="gone-line"' in html) is is_hidden
    assert "hx-swap-oob" not in html


def test_the_answer_that_was_given_is_pressed_and_pressing_it_again_takes_it_back(pages: Flask) -> None:
    with a_request(pages):
        html = page("portal/homes/answer.html", bar=AnswerBar("listing-1", "favorite"), sheet=None)
    assert 'value="none" class="favorite"\n aria-pressed="true"' in html
    assert html.count('aria-pressed="false"') == 2


def test_after_a_no_the_sheet_comes_over_the_page(pages: Flask) -> None:
    with a_request(pages):
        sheet = RefusalSheet("listing-1", a_listing(), "search-1")
        html = page("portal/homes/answer.html", bar=AnswerBar("listing-1", "discard"), sheet=sheet)
    assert '<div hx-swap-oob="innerHTML:#over">' in html
    assert html.count('name="reason"') == 8
    assert 'class="suggestion"' not in html
