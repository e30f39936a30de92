"""Search: groups of links, pages by their names, services that did not answer."""

from __future__ import annotations

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.search import present
from services.gateway.pages.search.read import SearchAnswer
from services.gateway.web.feature import NavigationEntry
from tests.builders import a_contact, a_listing, a_saved_search
from tests.unit.gateway.rendering import a_request, block, page, words_of

PAGES = [NavigationEntry("sent", "/sent", "send", lambda: "Sent", ("admin",), 1)]
ANSWER = SearchAnswer([a_contact()], [a_listing()], [(a_contact(), a_saved_search())])


@pytest.mark.usefixtures("in_english")
class TestResults:
    def test_groups_without_results_are_left_out(self) -> None:
        shown = present.results("Ana", SearchAnswer([a_contact()]), PAGES)
        assert [title for title, _rows in shown.groups] == ["People"]

    def test_a_page_is_found_by_any_part_of_its_name(self) -> None:
        (group,) = present.results("ENT", SearchAnswer(), PAGES).groups
        assert [(row.path, row.text) for row in group[1]] == [("/sent", "Sent")]

    def test_a_home_shows_its_reference_and_price(self) -> None:
        (group,) = present.results("x", SearchAnswer(homes=[a_listing()]), []).groups
        assert group[1][0].hint == "CA-1 · €295,000"

    def test_nothing_typed_is_not_the_same_as_nothing_found(self) -> None:
        assert not present.results("", SearchAnswer(), PAGES).is_empty
        assert present.results("zzz", SearchAnswer(), PAGES).is_empty


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_words_of_the_page(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        shown = present.results("s", SearchAnswer(ANSWER.people, ANSWER.homes, ANSWER.wishes, ["leads"]), PAGES)
        assert words_of(page("search/index.html", results=shown)) == snapshot


def test_the_results_alone_have_the_target_of_the_dialog(pages: Flask) -> None:
    with a_request(pages):
        html = block("search/index.html", "results", results=present.results("Ana", ANSWER, PAGES))
    assert 'id="_search_results"' in html
    assert html.count("data-found") == 3
