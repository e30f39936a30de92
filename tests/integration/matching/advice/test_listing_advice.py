"""What is asked of one home: another price tried out, what nobody has stated, who said no."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.matching.market import Market


def effect(market: Market, home: str, price: Any) -> Any:
    path = f"/v1/listings/{home}/price-effect"
    return market.room.call("GET", path, agency=market.agency, query_string={"price": price})


def test_another_price_tells_whom_it_brings_whom_it_loses_and_who_hears_of_it(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated", list_price=300_000)
    wishes = {
        "stays": {"list_price_max": 310_000},
        "comes": {"list_price_max": 285_000, "alerts": "instant"},
        "comes-silently": {"list_price_max": 285_000, "alerts": "off"},
        "goes": {"list_price_min": 290_000, "list_price_max": 400_000},
    }
    for contact, wanted in wishes.items():
        market.wish(contact, **wanted)
    market.wish("stays", list_price_max=285_000, alerts="instant")
    told = effect(market, home, "280000").json
    assert (told["contacts_now"], told["contacts_then"], told["gained"], told["lost"]) == (2, 3, 2, 1)
    assert told["currency"] == "EUR"


@pytest.mark.parametrize("price", ["", "x", "-1", "0", "NaN", "1e20"])
def test_a_price_that_nobody_means_is_refused_by_name(market: Market, price: str) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    answer = effect(market, home, price)
    assert (answer.status_code, "price" in str(answer.json["errors"])) == (422, True)


def test_another_agencys_home_is_not_there(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    for path in ("price-effect?price=1", "questions", "opinions"):
        answer = market.room.call("GET", f"/v1/listings/{home}/{path}", agency="agency-elsewhere")
        assert answer.status_code == 404, path


def test_what_nobody_stated_is_asked_for_by_how_many_people_wait(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated", features=["lift"], features_absent=["pool"])
    market.wish("c1", must_have=["garage", "lift"])
    market.wish("c1", must_have=["garage"])
    market.wish("c2", must_have=["garage"], preferences={"terrace": "strong"})
    market.wish("c3", preferences={"terrace": "might", "garage": "would", "pool": "might"})
    asked = market.page(f"listings/{home}/questions")["items"]
    assert asked == [
        {"about": "garage", "waiting": 2, "wishing": 1},
        {"about": "terrace", "waiting": 0, "wishing": 2},
    ]


def test_a_home_lists_who_said_no_to_it(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    for contact, preference in (("c1", "discard"), ("c2", "favorite")):
        market.wish(contact)
        body = {"preference": preference} | ({"reason": "too_expensive"} if preference == "discard" else {})
        path = f"/v1/contacts/{contact}/listings/{home}"
        assert market.room.call("PUT", path, agency=market.agency, json=body).status_code == 200
    said = market.page(f"listings/{home}/opinions", preference="discard")["items"]
    assert [(one["contact_id"], one["reason"]) for one in said] == [("c1", "too_expensive")]
    assert len(market.page(f"listings/{home}/opinions")["items"]) == 2
    prospect = market.room.call("GET", f"/v1/listings/{home}/opinions", role="prospect", agency=market.agency)
    assert prospect.status_code == 403
