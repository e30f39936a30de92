"""Whatever comes first, and however often: the rows are what the function says of every pair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.messaging.event import now
from tests.integration.matching.market import Market

FOUND = "matching.matches.found"


def agrees(market: Market) -> bool:
    assert market.current() == market.truth()
    return True


def home_id(market: Market, name: str = "home") -> str:
    return f"{market.agency}-{name}"


def test_a_home_after_the_wish_and_a_wish_after_the_home_both_meet(market: Market) -> None:
    first = market.wish()
    market.home(home_id(market), "activated")
    second = market.wish("c2")
    assert market.current() == {(home_id(market), first): "match", (home_id(market), second): "match"}
    assert market.found() == [(first, "match", "new"), (second, "match", "criteria")]
    assert agrees(market)


def test_a_price_drop_brings_a_wish_in_and_a_rise_takes_it_out(market: Market) -> None:
    search = market.wish(tolerance_percent=0)
    market.home(home_id(market), "activated", list_price=400_000)
    assert (market.current(), market.found()) == ({}, [])
    market.home(home_id(market), "price_changed", list_price=300_000, previous_list_price=400_000)
    assert market.found() == [(search, "match", "price")]
    market.home(home_id(market), "price_changed", list_price=400_000, previous_list_price=300_000)
    assert market.lost() == [(home_id(market), search)]
    assert market.rows() == 0
    assert agrees(market)


def test_a_lower_price_for_a_pair_that_met_already_is_told_with_the_price_before(market: Market) -> None:
    search = market.wish()
    market.home(home_id(market), "activated")
    market.home(home_id(market), "price_changed", list_price=280_000.5, previous_list_price=300_000)
    assert market.found() == [(search, "match", "new"), (search, "match", "price")]
    summary = [e["data"]["listing"] for e in market.told if e["type"] == FOUND][-1]
    assert (summary["list_price"], summary["previous_list_price"]) == (280_000.5, 300_000)


def test_a_change_that_leaves_the_pair_as_it_was_is_no_news(market: Market) -> None:
    market.wish()
    market.home(home_id(market), "activated")
    market.home(home_id(market), "changed", year_built=1990)
    market.home(home_id(market), "price_changed", list_price=305_000)
    assert len(market.found()) == 1
    assert market.lost() == []
    assert agrees(market)


def test_a_pair_that_rises_from_possible_to_match_is_news_and_one_that_sinks_is_none(market: Market) -> None:
    search = market.wish(bedrooms_min=3)
    market.home(home_id(market), "activated", bedrooms_total=None)
    market.home(home_id(market), "changed", bedrooms_total=3)
    market.home(home_id(market), "changed", bedrooms_total=None)
    assert market.found() == [(search, "possible", "new"), (search, "match", "criteria")]
    assert market.current() == {(home_id(market), search): "possible"}


def test_a_near_pair_is_kept_for_the_pages_and_told_nobody(market: Market) -> None:
    search = market.wish(list_price_max=290_000)
    market.home(home_id(market), "activated")
    assert market.current() == {(home_id(market), search): "near"}
    assert market.found() == []


@pytest.mark.parametrize("status", ["withdrawn", "pending", "closed"])
def test_a_home_that_leaves_the_market_takes_its_pairs_along_and_one_that_returns_brings_them(
    market: Market, status: str
) -> None:
    search = market.wish()
    market.home(home_id(market), "activated")
    market.home(home_id(market), "status_changed", standard_status=status, previous_status="active")
    assert (market.rows(), market.lost()) == (0, [(home_id(market), search)])
    market.home(home_id(market), "status_changed", previous_status=status)
    assert market.found()[-1] == (search, "match", "status")
    assert agrees(market)


@pytest.mark.parametrize(
    "away", [{"status": "paused"}, {"valid_until": (now() - timedelta(days=2)).date().isoformat()}]
)
def test_a_wish_that_rests_or_has_run_out_meets_nothing_and_meets_again_once_renewed(
    market: Market, away: dict[str, Any]
) -> None:
    search = market.wish()
    market.home(home_id(market), "activated")
    market.rewish(search, **away)
    assert (market.current(), market.lost()) == ({}, [(home_id(market), search)])
    market.home(home_id(market, "other"), "activated")
    assert agrees(market)
    market.rewish(search, status="active", valid_until=None)
    assert len(market.current()) == 2
    assert agrees(market)


def test_a_removed_wish_takes_its_pairs_along_and_is_not_found_again(market: Market) -> None:
    search = market.wish()
    market.home(home_id(market), "activated")
    market.unwish(search)
    market.home(home_id(market, "other"), "activated")
    assert (market.rows(), market.lost()) == (0, [(home_id(market), search)])


def test_a_wish_removed_while_no_index_was_there_is_crossed_without_waiting_for_one(market: Market) -> None:
    search = market.wish()
    market.home(home_id(market), "activated")
    market.room.call("DELETE", f"/v1/saved-searches/{search}", agency=market.agency)
    follower = market.room.inbox.deps.follower
    follower.rebuild()
    assert follower.ready.wait(20)
    market.deliver()
    assert (market.rows(), market.lost()) == (0, [(home_id(market), search)])


def test_nobody_is_offered_their_own_home(market: Market) -> None:
    other = market.wish("c2")
    market.wish("owner")
    market.home(home_id(market), "activated", owner_contact_ids=["owner"])
    assert market.current() == {(home_id(market), other): "match"}
    market.home(home_id(market), "changed", owner_contact_ids=["owner", "c2"])
    assert market.current() == {}
    assert market.lost() == [(home_id(market), other)]


def test_changed_wishes_are_crossed_anew(market: Market) -> None:
    search = market.wish()
    market.home(home_id(market, "sevilla"), "activated")
    market.home(home_id(market, "koper"), "activated", city="Koper")
    market.rewish(search, areas=[{"place": {"city": "Koper"}}])
    assert market.current() == {(home_id(market, "koper"), search): "match"}
    assert market.lost() == [(home_id(market, "sevilla"), search)]
    market.rewish(search, areas=[])
    assert len(market.current()) == 2
    assert agrees(market)


def test_old_news_of_a_home_changes_nothing(market: Market) -> None:
    market.wish()
    market.home(home_id(market), "activated", sequence=1)
    market.home(home_id(market), "status_changed", sequence=3, standard_status="withdrawn")
    told = len(market.told)
    assert market.home(home_id(market), "price_changed", sequence=2, list_price=250_000) == "done"
    assert market.home(home_id(market), "activated", sequence=1) == "done"
    assert (market.rows(), len(market.told)) == (0, told)
    assert agrees(market)


def test_the_same_version_told_twice_is_crossed_twice_and_told_once(market: Market) -> None:
    market.wish()
    for _ in range(2):
        assert market.home(home_id(market), "activated", sequence=1) == "done"
    assert (market.rows(), len(market.found())) == (1, 1)


def test_old_news_of_a_wish_changes_nothing(market: Market) -> None:
    search = market.wish(deliver=False)
    first = market.pending()[0]["body"]
    market.rewish(search, list_price_max=100_000)
    market.home(home_id(market), "activated")
    market.room.inbox.rows.delete_many({"subject": search})
    assert market.room.inbox.receive(first.encode()) == "done"
    assert (market.current(), market.found()) == ({}, [])


def test_what_was_found_at_an_older_version_is_not_written_over_a_newer_one(market: Market) -> None:
    crosser = market.room.inbox.deps.crosser
    search = market.wish()
    market.home(home_id(market), "activated")
    slow = crosser.listing_side.pairs(market.agency, home_id(market), 1, "new")
    market.home(home_id(market), "price_changed", list_price=900_000)
    crosser.write(slow)
    market.deliver()
    assert (market.rows(), market.lost()) == (0, [(home_id(market), search)])
    assert len(market.found()) == 1


def test_a_pair_with_a_wish_that_changed_meanwhile_waits_for_that_wish(market: Market) -> None:
    crosser = market.room.inbox.deps.crosser
    search = market.wish(deliver=False)
    market.room.inbox.deps.follower.require_search(market.agency, search, 1)
    market.home(home_id(market), "activated", standard_status="active", sequence=1, list_price=1)
    market.deliver()
    slow = crosser.listing_side.pairs(market.agency, home_id(market), 1, "new")
    market.rewish(search, deliver=False, list_price_min=250_000)
    market.room.db.matches.delete_many({"agency_id": market.agency})
    crosser.write(slow)
    assert market.rows() == 0
    market.deliver()
    assert agrees(market)


def test_an_erased_person_leaves_no_wish_and_no_pair(market: Market) -> None:
    stays = market.wish("stays")
    market.wish("goes")
    market.home(home_id(market), "activated")
    assert market.room.hear("leads.contact.erased", "goes", {}, 9, market.agency) == "done"
    market.deliver()
    assert market.current() == {(home_id(market), stays): "match"}
    market.home(home_id(market, "other"), "activated")
    assert {search for search, *_ in market.found()[2:]} == {stays}
    said = market.room.hear("leads.contact.changed", "goes", {"language": "sv", "time_zone": "UTC"}, 10, market.agency)
    assert said == "done"
    assert "language" not in market.room.db.contacts.find_one({"_id": "goes"})
    refused = market.room.call(
        "POST",
        "/v1/saved-searches",
        agency=market.agency,
        json={"contact_id": "goes", "transaction": "sale", "list_price_max": 1, "currency": "EUR"},
    )
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["contact_id"])


def test_an_erasure_wins_even_over_a_version_that_sounds_newer(market: Market) -> None:
    contact = f"{market.agency}-c"
    market.room.hear("leads.contact.changed", contact, {"language": "sv", "time_zone": "UTC"}, 10, market.agency)
    market.room.hear("leads.contact.erased", contact, {}, 9, market.agency)
    assert market.room.db.contacts.find_one({"_id": contact})["erased"] is True


def test_a_wish_saved_while_its_person_was_being_erased_goes_too(market: Market) -> None:
    contact = f"{market.agency}-c"
    market.home(home_id(market), "activated")
    search = market.wish(contact, deliver=False)
    market.room.db.contacts.insert_one({"_id": contact, "agency_id": market.agency, "erased": True, "sequence": 2})
    market.deliver()
    assert (market.rows(), market.found()) == (0, [])
    assert market.room.db.searches.find_one({"_id": search})["removed"] is True
    market.room.db.contacts.delete_one({"_id": contact})


def test_two_agencies_never_see_each_others_anything(open_market: Callable[[str], Market]) -> None:
    here, there = open_market("here"), open_market("there")
    mine = here.wish("c1")
    theirs = there.wish("c1")
    here.home(home_id(here), "activated")
    there.home(home_id(there), "activated")
    assert here.current() == {(home_id(here), mine): "match"}
    assert there.current() == {(home_id(there), theirs): "match"}
    for path in (f"saved-searches/{theirs}", f"saved-searches/{theirs}/matches", f"listings/{home_id(there)}/matches"):
        assert here.room.call("GET", f"/v1/{path}", agency=here.agency).status_code == 404
    for pair in ((mine, home_id(there)), (theirs, home_id(here)), (theirs, home_id(there))):
        query = {"saved_search_id": pair[0], "listing_id": pair[1]}
        assert here.room.call("GET", "/v1/explain", agency=here.agency, query_string=query).status_code == 404
    gone = here.room.call("DELETE", f"/v1/saved-searches/{theirs}", agency=here.agency)
    changed = here.room.call(
        "PATCH", f"/v1/saved-searches/{theirs}", agency=here.agency, json={"name": "x"}, headers={"If-Match": '"1"'}
    )
    assert (gone.status_code, changed.status_code) == (404, 404)
    assert [item["id"] for item in here.page("saved-searches")["items"]] == [mine]


def test_a_home_that_another_agency_tells_of_under_the_same_id_is_not_taken_over(
    open_market: Callable[[str], Market],
) -> None:
    here, there = open_market("here"), open_market("there")
    here.home("contested" + here.agency, "activated")
    assert there.home("contested" + here.agency, "activated", sequence=5) == "parked"
    assert here.room.db.listings.find_one({"_id": "contested" + here.agency})["agency_id"] == here.agency
    there.room.inbox.rows.delete_many({"agency_id": there.agency})


def test_a_version_that_is_not_stored_is_parked_and_holds_nothing_up(market: Market) -> None:
    search, hear = market.wish(), market.room.hear
    data = {"id": search, "contact_id": "c1", "transaction": "sale", "alerts": "instant", "status": "active"}
    assert hear("matching.listing.resolved", "nowhere", {"vocabulary": 2}, 1, market.agency) == "parked"
    assert hear("matching.search.saved", search, data, 99, market.agency) == "parked"
    assert market.home(home_id(market), "activated") == "done"
    assert market.current() == {(home_id(market), search): "match"}
