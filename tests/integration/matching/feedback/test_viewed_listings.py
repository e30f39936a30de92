"""That a home was looked at is told beside it, before anything is said of it."""

from __future__ import annotations

from tests.integration.matching.market import Market


def test_a_home_that_was_looked_at_says_so_among_the_matches(market: Market) -> None:
    market.room.hear(
        "leads.contact.changed", "c1", {"language": "en", "time_zone": "UTC", "stage": "active"}, 1, market.agency
    )
    wish = market.wish()
    for name in ("h1", "h2"):
        market.home(f"{market.agency}-{name}", street_name=f"Street {name}")
    path = f"/v1/contacts/c1/listings/{market.agency}-h1"
    assert market.room.call("GET", path, agency=market.agency).status_code == 404
    said = market.room.call("PUT", path, agency=market.agency, json={"preference": None, "viewed": True})
    assert said.status_code == 200
    assert market.room.call("GET", path, agency=market.agency).json["viewed"] is True
    market.deliver()
    found = market.page(f"saved-searches/{wish}/matches")["items"]
    assert {one["listing"]["street_name"]: one.get("viewed", False) for one in found} == {
        "Street h1": True,
        "Street h2": False,
    }
