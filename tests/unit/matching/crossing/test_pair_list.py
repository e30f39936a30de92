"""All that one listing or search meets, cut into slices without losing or repeating a pair."""

from __future__ import annotations

from datetime import date

import pytest

from services.matching.crossing.pair_list import ListingPairs, PairList, SearchPairs
from services.matching.crossing.reason_cache import ReasonCache
from services.matching.engine.world import World

WORLD = World(date(2026, 11, 22))
MATCHES = [(f"id-{number}", f"c{number}", number, "match", 90, 100) for number in range(7)]


def of_listing(count: int = 7) -> PairList:
    return ListingPairs("a", "home", 5, "new", MATCHES[:count], ReasonCache(WORLD))


def of_search(count: int = 7) -> PairList:
    return SearchPairs("a", "wish", 5, "criteria", MATCHES[:count], ReasonCache(WORLD), "owner")


@pytest.mark.parametrize("pairs", [of_listing(), of_search()])
@pytest.mark.parametrize("most", [1, 2, 3, 6, 7, 8])
def test_slices_hold_every_pair_once_and_in_order(pairs: PairList, most: int) -> None:
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        some = pairs.after(after, most)
        assert 1 <= len(some) <= most
        seen += [pair.id for pair in some]
        after = pairs.next_after(after, most)
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen)


@pytest.mark.parametrize("make", [of_listing, of_search])
def test_nothing_to_write_is_no_slice(make: type[PairList]) -> None:
    pairs = make(0)  # type: ignore[arg-type, call-arg]
    assert (pairs.after("", 3), pairs.next_after("", 3), pairs.last_id) == ([], None, None)


def test_a_pair_has_both_stamps_whichever_side_was_crossed() -> None:
    (of_home,), (of_wish,) = of_listing().after("id-2", 1), of_search().after("id-2", 1)
    assert (of_home.listing_id, of_home.search_id, of_home.contact_id) == ("home", "id-3", "c3")
    assert (of_home.listing_sequence, of_home.search_sequence) == (5, 3)
    assert (of_wish.listing_id, of_wish.search_id, of_wish.contact_id) == ("id-3", "wish", "owner")
    assert (of_wish.listing_sequence, of_wish.search_sequence) == (3, 5)


def test_slices_of_a_listing_share_their_reasons_and_those_of_a_search_do_not() -> None:
    listing, search = of_listing(), of_search()
    assert listing.slice_reasons() is listing.slice_reasons()
    assert search.slice_reasons() is not search.slice_reasons()
    assert search.slice_reasons().world == WORLD
