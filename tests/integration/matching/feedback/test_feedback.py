"""Yes and no to homes: a no sticks in both directions, teaches a ranking, and suggests other wishes."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from services.matching.model import DISCARDED
from shared.running.context import new_id
from shared.storage.mongo import transaction
from tests.integration.bad_input import refuses_bad_input
from tests.integration.matching.market import Market

NO: dict[str, Any] = {"preference": "discard", "reason": "noise"}


def say(market: Market, listing_id: str, contact_id: str = "c1", deliver: bool = True, **opinion: Any) -> Any:
    path = f"/v1/contacts/{contact_id}/listings/{listing_id}"
    answer = market.room.call("PUT", path, agency=market.agency, json=opinion)
    assert answer.status_code == 200, answer.json
    if deliver:
        market.deliver()
    return answer.json


def prospect(market: Market, contact_id: str) -> dict[str, str]:
    return market.room.issuer.headers("prospect", market.agency, contact_id=contact_id)


def live(market: Market) -> set[tuple[str, str]]:
    return {pair for pair, kind in market.current().items() if kind != DISCARDED}


def test_a_no_takes_the_pair_away_and_tells_of_it_once(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    mine, other = market.wish("c1"), market.wish("c2")
    say(market, home, **NO)
    assert live(market) == {(home, other)}
    assert market.lost() == [(home, mine)]
    assert market.page(f"saved-searches/{mine}/matches")["items"] == []
    assert [one["contact_id"] for one in market.page(f"listings/{home}/matches")["items"]] == ["c2"]
    explained = market.page("explain", saved_search_id=mine, listing_id=home)
    assert explained["kind"] == "none"
    assert "the person said no thanks to this home" in [one["text"] for one in explained["misses"]]


def test_a_no_sticks_whichever_side_comes_again(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    search = market.wish("c1")
    say(market, home, **NO)
    market.home(home, "price_changed", list_price=250_000)
    market.rewish(search, list_price_max=320_000)
    another = market.wish("c1")
    assert live(market) == set()
    assert market.found() == [(search, "match", "criteria")]
    say(market, home, preference=None)
    assert live(market) == {(home, search), (home, another)}


def test_a_no_taken_back_brings_the_pair_again(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    search = market.wish("c1")
    say(market, home, **NO)
    say(market, home, preference="favorite")
    assert market.current() == {(home, search): "match"}
    found = [e["data"]["matches"][0] for e in market.told if e["type"] == "matching.matches.found"]
    assert [one["pair_sequence"] for one in found] == [0, 2]
    lost = [e["data"]["pairs"][0] for e in market.told if e["type"] == "matching.matches.lost"]
    assert [one["pair_sequence"] for one in lost] == [1]


def test_opinions_heard_late_or_twice_change_nothing(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    search = market.wish("c1")
    say(market, home, deliver=False, **NO)
    events = [row["event"] for row in market.pending()]
    say(market, home, preference="possibility")
    late = events[0]
    assert market.room.hear(late["type"], late["subject"], late["data"], 1, market.agency) == "done"
    market.deliver()
    assert market.current() == {(home, search): "match"}


def test_a_crossing_that_began_before_the_no_writes_nothing(market: Market) -> None:
    home = f"{market.agency}-home"
    search = market.wish("c1")
    deps = market.room.inbox.deps
    market.home(home, "activated", list_price=900_000)
    market.home(home, "price_changed")
    found = deps.crosser.listing_side.pairs(market.agency, home, 2, "price")
    market.room.db.matches.delete_many({"agency_id": market.agency})
    assert [pair.search_id for pair in found.after("", 9)] == [search]
    say(market, home, **NO)
    transaction(market.room.db.client, lambda: deps.crosser.write(found))
    assert live(market) == set()


def test_a_no_in_the_midst_of_a_crossings_transaction_is_not_overwritten(market: Market) -> None:
    home, runs = f"{market.agency}-home", []
    search = market.wish("c1")
    market.home(home, "activated")
    crosser = market.room.inbox.deps.crosser
    found = crosser.listing_side.pairs(market.agency, home, 1, "new")
    market.room.db.matches.delete_many({"agency_id": market.agency})

    def work() -> None:
        market.room.inbox.deps.matches.of(market.agency).existing([f"{home}:{search}"])  # the snapshot begins here
        if not runs:
            other = threading.Thread(target=lambda: say(market, home, **NO))
            other.start()
            other.join()
        runs.append(1)
        crosser.write(found)

    transaction(market.room.db.client, work)
    assert (len(runs), live(market)) == (2, set())


def test_the_history_is_kept_and_the_same_again_is_no_news(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    say(market, home, preference="favorite")
    said = say(market, home, **NO, reason_text="Next to the motorway")
    again = say(market, home, **NO, reason_text="Next to the motorway")
    assert (said["version"], again["version"]) == (2, 2)
    assert [(one["preference"], one["by"]) for one in again["history"]] == [("favorite", "agent:agent-1")]
    given = [e["data"] for e in market.told if e["type"] == "matching.feedback.given"]
    assert [one["preference"] for one in given] == ["favorite", "discard"]
    assert "Next to" not in str(given)


def test_a_person_lists_what_they_said(market: Market) -> None:
    for name, preference in (("a", "favorite"), ("b", "discard"), ("c", "possibility")):
        market.home(f"{market.agency}-{name}", "activated")
        say(market, f"{market.agency}-{name}", preference=preference)
    first = market.page("contacts/c1/listings", limit=2)
    rest = market.page("contacts/c1/listings", limit=2, cursor=first["next_cursor"])
    assert [one["preference"] for one in (*first["items"], *rest["items"])] == ["possibility", "discard", "favorite"]
    only = market.page("contacts/c1/listings", preference="discard")["items"]
    assert [one["listing_id"] for one in only] == [f"{market.agency}-b"]
    assert market.page("contacts/c2/listings")["items"] == []


def test_a_prospect_speaks_for_nobody_else_and_sees_nobody_else(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    search = market.wish("c1")
    mine, theirs = prospect(market, "c1"), prospect(market, "c2")

    def status(method: str, path: str, headers: dict[str, str], body: Any = None) -> int:
        etag = {"If-Match": '"1"'} if method == "PATCH" else {}
        return int(market.room.client.open(f"/v1/{path}", method=method, headers=headers | etag, json=body).status_code)

    for method, path, body in (
        ("PUT", f"contacts/c1/listings/{home}", NO),
        ("GET", "contacts/c1/listings", None),
        ("GET", f"saved-searches/{search}", None),
        ("GET", f"saved-searches/{search}/matches", None),
        ("GET", f"saved-searches/{search}/suggestions", None),
        ("GET", f"explain?saved_search_id={search}&listing_id={home}", None),
        ("PATCH", f"saved-searches/{search}", {"list_price_max": 320_000}),
    ):
        assert status(method, path, theirs, body) == 404, path
        assert status(method, path, mine, body) == 200, path
    assert status("POST", "saved-searches", theirs, {"contact_id": "c1", "transaction": "sale"}) == 404
    assert status("GET", f"listings/{home}/matches", mine) == 403
    listed: Any = market.room.client.get("/v1/saved-searches?contact_id=c1", headers=theirs).json
    assert listed["items"] == []


def test_likes_move_homes_within_a_page_and_say_so_but_change_no_score(market: Market) -> None:
    for name, features in (("a", ["terrace"]), ("b", ["terrace"]), ("c", ["lift"])):
        market.home(f"{market.agency}-liked-{name}", "changed", standard_status="pending", features=features)
    plain, sunny = f"{market.agency}-1-plain", f"{market.agency}-2-sunny"
    market.home(plain, "activated", features=[], features_absent=["terrace"])
    market.home(sunny, "activated", features=["terrace"])
    search = market.wish("c1")
    before = market.page(f"saved-searches/{search}/matches")["items"]
    assert [one["listing_id"] for one in before] == [plain, sunny]
    assert all("taste" not in one for one in before)
    say(market, f"{market.agency}-liked-a", preference="favorite")
    say(market, f"{market.agency}-liked-b", preference="favorite")
    after = market.page(f"saved-searches/{search}/matches")["items"]
    assert [one["listing_id"] for one in after] == [sunny, plain]
    assert after[0]["taste"] > after[1]["taste"]
    assert after[0]["reasons"][-1]["text"] == "moved up: you liked homes with terrace"
    assert after[1]["reasons"][-1]["text"] == "moved down: you liked homes with terrace"
    assert {one["listing_id"]: (one["score"], one["kind"]) for one in after} == {
        one["listing_id"]: (one["score"], one["kind"]) for one in before
    }
    assert market.page(f"saved-searches/{search}/matches")["items"] == after


def test_a_pattern_of_refusals_becomes_a_question_with_its_effect(market: Market) -> None:
    for number in range(4):
        home = f"{market.agency}-low-{number}"
        market.home(home, "activated", features=["ground_floor"])
        say(market, home, preference="discard", reason="floor")
    for number in range(2):
        market.home(f"{market.agency}-more-{number}", "activated", features=["ground_floor"])
    market.home(f"{market.agency}-high", "activated", features_absent=["ground_floor"])
    search = market.wish("c1")
    told = market.page(f"saved-searches/{search}/suggestions")["items"]
    assert [one["text"] for one in told] == ["you said no to 4 homes with ground floor: leave such homes out?"]
    assert told[0]["effect"] == {"stay": 1, "of": 3, "text": "1 of 3 homes would remain"}
    market.rewish(search, **told[0]["patch"])
    assert {pair for pair, kind in market.current().items() if kind == "match"} == {(f"{market.agency}-high", search)}
    assert market.page(f"saved-searches/{search}/suggestions")["items"] == []


def test_reasons_given_become_bounds(market: Market) -> None:
    for number in range(3):
        home = f"{market.agency}-{number}"
        market.home(home, "activated", list_price=298_000 + number, living_area=60 + number)
        say(market, home, preference="discard", reason="too_expensive")
        market.home(f"{home}-s", "activated", living_area=50 + number)
        say(market, f"{home}-s", preference="discard", reason="too_small")
    search = market.wish("c1")
    told = {one["code"]: one for one in market.page(f"saved-searches/{search}/suggestions")["items"]}
    assert told["list_price_max"]["patch"] == {"list_price_max": 290_000}
    assert told["list_price_max"]["text"] == "3 homes were too expensive for you: look up to €290,000?"
    assert told["living_area_min"]["patch"] == {"living_area_min": 53}


def test_an_erased_person_leaves_no_opinion(market: Market) -> None:
    home, contact = f"{market.agency}-home", new_id()
    market.home(home, "activated")
    say(market, home, contact, **NO, reason_text="private")
    assert market.room.hear("leads.contact.erased", contact, {}, 9, market.agency) == "done"
    assert market.room.db.contact_listings.count_documents({"contact_id": contact}) == 0
    answer = market.room.call(
        "PUT", f"/v1/contacts/{contact}/listings/{home}", agency=market.agency, json={"preference": "favorite"}
    )
    assert answer.status_code == 404


def test_a_home_that_nobody_knows_or_of_another_agency_cannot_be_judged(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    for agency, listing_id in ((market.agency, "nothing"), ("agency-of-others", home)):
        answer = market.room.call("PUT", f"/v1/contacts/c1/listings/{listing_id}", agency=agency, json=NO)
        assert answer.status_code == 404


def test_an_opinion_is_not_lost_by_leaving_it_out(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    say(market, home, **NO)
    answer = market.room.call("PUT", f"/v1/contacts/c1/listings/{home}", agency=market.agency, json={})
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["preference"])
    assert [one["preference"] for one in market.page("contacts/c1/listings")["items"]] == ["discard"]


@pytest.mark.parametrize("field", ["reason", "reason_text"])
def test_a_reason_belongs_to_a_no(market: Market, field: str) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    body = {"preference": "favorite", field: "noise"}
    answer = market.room.call("PUT", f"/v1/contacts/c1/listings/{home}", agency=market.agency, json=body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_bad_opinions_are_refused_by_name_and_change_nothing(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    valid = {**NO, "reason_text": "loud", "viewed": True}
    wrong = {"preference": "love", "reason": "whim", "reason_text": "x" * 501, "viewed": "yes"}
    refuses_bad_input(
        market.room,
        "PUT",
        f"/v1/contacts/c1/listings/{home}",
        valid,
        agency=market.agency,
        wrong_role="operator",
        out_of_range=wrong,
    )
