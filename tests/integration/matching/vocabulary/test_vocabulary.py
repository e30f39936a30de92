"""An agency's own words: used at the doors, and for what is stored already, without losing or inventing a pair."""

from __future__ import annotations

from typing import Any

import pytest

from services.matching.vocabulary import lexicons
from services.matching.vocabulary.rereading import Rereading
from tests.integration.bad_input import refuses_bad_input
from tests.integration.matching.market import Market

NONE: dict[str, Any] = {"features": {}, "property_sub_types": {}, "places": {}}


def rereading_of(market: Market) -> Rereading:
    deps = market.room.inbox.deps
    return Rereading(deps.lexicons, deps.listings, deps.searches)


def teach(market: Market, serve: bool = True, **words: Any) -> Any:
    answer = market.room.call("PUT", "/v1/vocabulary", role="admin", agency=market.agency, json=NONE | words)
    assert answer.status_code == 200, answer.json
    if serve:
        renew(market)
    return answer.json


def renew(market: Market) -> None:
    rereading = rereading_of(market)
    while rereading.serve():
        market.deliver()
    market.deliver()


def test_new_words_mean_the_same_for_homes_and_wishes_that_come_later(market: Market) -> None:
    told = teach(market, features={"wine den": "cellar"}, places={"La Movida": "Madrid"})
    assert (told["version"], told["features"]) == (1, {"wine den": "cellar"})
    home = f"{market.agency}-home"
    market.home(home, "activated", city="Madrid", features=["cellar"])
    search = market.wish(must_have=["wine den"], areas=[{"place": {"city": "la movida"}}])
    assert market.current() == {(home, search): "match"}
    assert market.page("vocabulary")["places"] == {"La Movida": "Madrid"}


def test_what_is_stored_is_read_anew_and_crossed(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated", features=["wellness room"])
    search = market.wish(must_have=["sauna"])
    assert market.current() == {(home, search): "possible"}
    teach(market, features={"wellness room": "sauna"})
    assert market.current() == {(home, search): "match"}
    teach(market, features={})
    assert market.current() == {(home, search): "possible"}
    assert market.current() == market.truth()


def test_what_is_answered_while_somebody_types_reads_words_of_the_last_second(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read() -> str:
        draft = {"transaction": "sale", "currency": "EUR", "list_price_max": 1, "must_have": ["wine den"]}
        answer = market.room.call("POST", "/v1/saved-searches/preview", agency=market.agency, json=draft)
        assert answer.status_code == 200, answer.json
        return str(answer.json["words"][0]["word"])

    monkeypatch.setattr(lexicons, "LATELY_SECONDS", 3600.0)
    unknown = read()
    teach(market, serve=False, features={"wine den": "cellar"})
    assert read() == unknown != "cellar"
    monkeypatch.setattr(lexicons, "LATELY_SECONDS", 0.0)
    assert read() == "cellar"


def test_a_meaning_taken_back_leaves_no_ghost(market: Market) -> None:
    home = f"{market.agency}-home"
    teach(market, places={"Old Mill": "Sevilla"})
    market.home(home, "activated", city="Old Mill")
    search = market.wish(areas=[{"place": {"city": "Sevilla"}}])
    assert market.current() == {(home, search): "match"}
    teach(market, places={})
    assert market.current() == market.truth() == {}
    assert market.lost() == [(home, search)]
    lost = next(e["data"] for e in market.told if e["type"] == "matching.matches.lost")
    found = next(e["data"] for e in market.told if e["type"] == "matching.matches.found")
    assert found["listing"]["sequence"] == lost["listing_sequence"] == 1
    assert lost["pairs"][0]["pair_sequence"] > found["matches"][0]["pair_sequence"]
    assert market.page(f"saved-searches/{search}/matches")["items"] == []


def test_a_search_that_means_something_else_gets_a_new_version(market: Market) -> None:
    search = market.wish(must_have=["wine den"])
    untouched = market.wish(must_have=["lift"])
    teach(market, features={"wine den": "cellar"})
    etags = [
        market.room.call("GET", f"/v1/saved-searches/{one}", agency=market.agency).headers["ETag"]
        for one in (search, untouched)
    ]
    assert etags == ['"2"', '"1"']


def test_events_of_before_the_change_are_read_with_the_new_words(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated", features=["wellness room"])
    search = market.wish(must_have=["sauna"])
    teach(market, serve=False, features={"wellness room": "sauna"})
    market.home(home, "changed", features=["wellness room"], bedrooms_total=4)
    assert market.current() == {(home, search): "match"}
    assert market.home(home, "changed", sequence=1, features=["wellness room"]) == "done"
    assert [one["told"] for one in market.room.db.listings.find({"_id": home})] == [2]
    renew(market)
    assert market.current() == market.truth() == {(home, search): "match"}


def test_a_search_saved_while_the_words_changed_is_read_again(market: Market) -> None:
    home = f"{market.agency}-home"
    search = market.wish(deliver=False, must_have=["wine den"])
    teach(market, features={"wine den": "cellar"})
    market.room.db.searches.update_one({"_id": search}, {"$set": {"vocabulary": 0}})
    market.home(home, "activated", features=["cellar"])
    market.deliver()
    assert market.current() == market.truth() == {(home, search): "match"}


def test_many_homes_are_read_in_slices(market: Market) -> None:
    for number in range(120):
        market.home(f"{market.agency}-{number}", features=["wellness room"])
    search = market.wish(must_have=["sauna"])
    teach(market, serve=False, features={"wellness room": "sauna"})
    rereading = rereading_of(market)
    turns = 0
    while rereading.serve():
        turns += 1
    market.deliver()
    assert turns == 4
    assert set(market.current().values()) == {"match"}
    assert len(market.current()) == 120
    assert {pair[1] for pair in market.current()} == {search}


def test_towns_of_the_agencys_own_homes_are_known(market: Market) -> None:
    market.home(f"{market.agency}-home", "activated", city="Valdepuebla de Abajo")
    wishes = {"contact_id": "c1", "transaction": "sale", "areas": [{"place": {"city": "valdepuebla de abjo"}}]}
    answer = market.room.call("POST", "/v1/saved-searches", agency=market.agency, json=wishes)
    assert answer.json["warnings"] == []
    market.deliver()
    found = market.page(f"saved-searches/{answer.json['id']}/matches")["items"]
    assert "accepted Valdepuebla de Abajo for “valdepuebla de abjo” (typing error)" in [
        reason["text"] for reason in found[0]["reasons"]
    ]
    other = market.room.call("POST", "/v1/saved-searches", agency=f"{market.agency}-b", json=wishes)
    assert len(other.json["warnings"]) == 1


@pytest.mark.parametrize("left_out", [*NONE, None])
def test_a_list_left_out_loses_no_words(market: Market, left_out: str | None) -> None:
    teach(market, features={"wine den": "cellar"})
    words = {name: {} for name in NONE if name != left_out} if left_out else None
    answer = market.room.call("PUT", "/v1/vocabulary", role="admin", agency=market.agency, json=words)
    assert answer.status_code in (400, 422), answer.json
    assert left_out is None or list(answer.json["errors"]) == [left_out]
    assert market.page("vocabulary")["features"] == {"wine den": "cellar"}


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"features": {"pool": "garden"}}, "features"),
        ({"features": {"wine den": "cave", "cave": "cellar"}}, "features"),
        ({"features": {"Wine Den": "cellar", "wine dén": "cellar"}}, "features"),
        ({"property_sub_types": {"apartment": "office"}}, "property_sub_types"),
        ({"places": {"Madrid": "Barcelona"}}, "places"),
        ({"places": {" ": "Barcelona"}}, "places"),
        ({"features": {"x" * 65: "cellar"}}, "features"),
        ({"features": {f"w{n}": "cellar" for n in range(501)}}, "features"),
    ],
)
def test_words_that_would_confuse_are_refused_by_name(market: Market, words: Any, field: str) -> None:
    answer = market.room.call("PUT", "/v1/vocabulary", role="admin", agency=market.agency, json=NONE | words)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert market.page("vocabulary")["version"] == 0


def test_bad_vocabularies_change_nothing(market: Market) -> None:
    valid = {
        "features": {"wine den": "cellar"},
        "property_sub_types": {"loft": "apartment"},
        "places": {"X1": "Madrid"},
    }
    refuses_bad_input(
        market.room,
        "PUT",
        "/v1/vocabulary",
        valid,
        role="admin",
        wrong_role="agent",
        agency=market.agency,
        out_of_range={"features": {"a": 1}, "places": ["Madrid"]},
    )
