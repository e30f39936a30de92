"""Signed links: whoever holds one can prove it, and nobody can make or bend one."""

from __future__ import annotations

import pytest

from services.notifications.channels.email.links import EXITS, HOME, Subject, links_for
from shared.http.links import LONGEST, read, sign

SECRET = "0123456789abcdef-secret"
PAYLOAD = {"agency_id": "a", "contact_id": "c", "saved_search_ids": ["s1", "s2"]}


def test_a_token_gives_back_what_was_signed():
    assert read(SECRET, "exits", sign(SECRET, "exits", PAYLOAD)) == PAYLOAD


def test_a_token_is_safe_in_an_address():
    token = sign(SECRET, "exits", {"name": "Žužemberk / ?&#" * 20})
    assert all(c.isascii() and (c.isalnum() or c in "-_.") for c in token)


def test_a_token_of_one_purpose_opens_nothing_else():
    assert read(SECRET, "home", sign(SECRET, "exits", PAYLOAD)) is None


def test_a_token_of_another_secret_is_nothing():
    assert read("another secret of length", "exits", sign(SECRET, "exits", PAYLOAD)) is None


def test_no_changed_character_changes_what_is_read():
    token = sign(SECRET, "exits", PAYLOAD)
    for place, letter in enumerate(token):
        bent = f"{token[:place]}{'A' if letter != 'A' else 'B'}{token[place + 1 :]}"
        assert read(SECRET, "exits", bent) in (None, PAYLOAD)
        if place < token.rindex("."):
            assert read(SECRET, "exits", bent) is None


@pytest.mark.parametrize("token", ["", ".", "a.b", "é" * 40, "\ud800", "\x00", "A" * (LONGEST + 1), "x" * 100])
def test_rubbish_is_nothing(token):
    assert read(SECRET, "exits", token) is None


def test_a_cut_token_is_nothing():
    token = sign(SECRET, "exits", PAYLOAD)
    assert all(read(SECRET, "exits", token[:length]) is None for length in range(len(token) - 1))


def test_an_alerts_links_say_whose_they_are_and_what_they_may_do():
    links = links_for(SECRET, "https://lintel.example.com", Subject("a", "c", "home/1", ("s2", "s1")))
    stop = read(SECRET, EXITS, links.unsubscribe.rpartition("/u/")[2])
    change = read(SECRET, EXITS, links.preferences.rpartition("/u/")[2])
    assert stop == {"agency_id": "a", "contact_id": "c", "scope": "alerts", "saved_search_ids": ["s1", "s2"]}
    assert change == {**stop, "scope": "preferences"}
    scopes = {read(SECRET, EXITS, link.rpartition("/u/")[2])["scope"] for link in (links.daily, links.search)}
    assert scopes == {"daily", "search"}
    assert (links.favorite, links.discard) == (f"{links.home}&say=favorite", f"{links.home}&say=discard")
    assert links.home.startswith("https://lintel.example.com/homes/home%2F1?t=")
    home = read(SECRET, HOME, links.home.rpartition("?t=")[2])
    assert home == {"agency_id": "a", "contact_id": "c", "listing_id": "home/1"}


def test_links_lead_to_pages_in_the_readers_language():
    links = links_for(SECRET, "https://lintel.example.com", Subject("a", "c", "h", (), "sl"))
    assert read(SECRET, HOME, links.home.rpartition("?t=")[2])["language"] == "sl"
    assert read(SECRET, EXITS, links.unsubscribe.rpartition("/u/")[2])["language"] == "sl"


def test_links_for_very_many_searches_can_still_be_read():
    ids = tuple(f"{n:064d}" for n in range(500))
    links = links_for(SECRET, "https://lintel.example.com", Subject("a" * 64, "c" * 64, "l" * 64, ids))
    assert len(read(SECRET, EXITS, links.unsubscribe.rpartition("/u/")[2])["saved_search_ids"]) == 12
