"""The real file: 5,000 sales of 4,962 homes; or, where it is not there, the excerpt that comes with the tests."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.properties.feeding import hand_in, report, run
from tests.integration.rooms import Room

ROOT = Path(__file__).resolve().parents[3]
REAL = ROOT.parent / "shared" / "data" / "king_county_sales_5000.csv"
EXCERPT = ROOT / "tests" / "data" / "king_county_100.csv"
FILE, HOMES, AGAIN = (REAL, 4962, 38) if REAL.exists() else (EXCERPT, 99, 1)
SOLD_TWICE = "6021501535"


def listings(room: Room, agency: str) -> dict[str, dict[str, Any]]:
    return {row["listing_id"]: row for row in room.db.listings.find({"agency_id": agency})}


@pytest.mark.timeout(300)
def test_the_whole_file_goes_in_and_a_second_time_changes_nothing(room: Room) -> None:
    job = run(room, hand_in(room, FILE.read_bytes()))
    assert job["counts"] == {"created": HOMES, "updated": AGAIN, "unchanged": 0, "refused": 0}
    assert (job["state"], job["rows_done"]) == ("finished", HOMES + AGAIN)
    homes, events = listings(room, "agency-a"), room.db.outbox.count_documents({})
    assert len(homes) == HOMES
    assert events == HOMES + AGAIN
    again = run(room, hand_in(room, FILE.read_bytes()))
    assert again["counts"] == {"created": 0, "updated": 0, "unchanged": HOMES + AGAIN, "refused": 0}
    assert listings(room, "agency-a") == homes
    assert room.db.outbox.count_documents({}) == events


@pytest.fixture(scope="module")
def excerpt(room: Room) -> dict[str, Any]:
    """The excerpt taken in for agency-k."""
    return run(room, hand_in(room, EXCERPT.read_bytes(), agency="agency-k"), "agency-k")


def test_a_home_is_read_with_its_units_words_and_blanks(room: Room, excerpt: dict[str, Any]) -> None:
    assert excerpt["counts"] == {"created": 99, "updated": 1, "unchanged": 0, "refused": 0}
    query = {"listing_id": "6414100192"}
    home = room.call("GET", "/v1/listings", agency="agency-k", query_string=query).json["items"][0]
    expected = {
        "transaction": "sale",
        "standard_status": "active",
        "list_price": 538000,
        "currency": "USD",
        "bathrooms_total": 2.25,
        "living_area": 238.76,
        "lot_size_area": 672.8,
        "latitude": 47.721,
        "city": "Seattle",
        "postal_code": "98125",
        "on_market_date": "2014-12-09",
        "features": ["basement"],
        "features_absent": ["waterfront"],
    }
    assert {name: home[name] for name in expected} == expected


def test_of_a_home_sold_twice_the_last_row_holds_and_the_ledger_has_both(room: Room, excerpt: dict[str, Any]) -> None:
    home = listings(room, "agency-k")[SOLD_TWICE]
    assert home["list_price"] == 70_000_000
    lines = room.call("GET", f"/v1/listings/{home['_id']}/history", agency="agency-k").json["items"]
    assert [line["new"] for line in lines if line["field"] == "list_price"] == [430000, 700000]
    assert lines[-1]["reason"] == "import"
    rows = report(room, excerpt, agency="agency-k")
    found = [(row["row"], row["verdict"], row["listing_id"]) for row in rows if row["reference"] == SOLD_TWICE]
    assert found == [(95, "created", home["_id"]), (96, "updated", home["_id"])]
