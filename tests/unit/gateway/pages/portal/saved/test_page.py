"""The homes that a prospect kept."""

from __future__ import annotations

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.components.prospect_homes.opinions import HomeOpinion
from services.gateway.pages.portal.saved.present import saved_page
from services.gateway.upstream.http import Unavailable
from tests.builders import a_listing, an_opinion
from tests.unit.gateway.rendering import a_request, page, words_of

PAGE = "portal/saved/show.html"
LIKED = HomeOpinion(an_opinion(), a_listing())
GONE = HomeOpinion(an_opinion(listing_id="listing-2", preference="possibility"), a_listing(standard_status="closed"))


@pytest.mark.parametrize("language", ["en", "sl"])
def test_the_words_of_the_page(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language, "/me/saved"):
        assert words_of(page(PAGE, page=saved_page([LIKED], [GONE]))) == snapshot


@pytest.mark.usefixtures("in_english")
def test_a_group_without_homes_is_left_out() -> None:
    assert [len(cards) for _title, cards in saved_page([LIKED], []).groups] == [1]
    assert saved_page([], []).groups == []


def test_what_is_unavailable_is_said_and_nothing_else(pages: Flask) -> None:
    away = Unavailable("matching", "no answer")
    with a_request(pages, path="/me/saved"):
        for shown in (saved_page(away, []), saved_page([LIKED], away)):
            html = page(PAGE, page=shown)
            assert 'class="home-card"' not in html
            assert "matching" in html
