"""The real file: 5,000 sales of 4,962 homes; or, where it is not there, the excerpt that comes with the tests."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.properties.feeding import hand_in, run
from tests.integration.rooms import Room

ROOT = Path(__file__).resolve().parents[3]
REAL = ROOT.parent / "shared" / "data" / "king_county_sales_5000.csv"
EXCERPT = ROOT / "tests" / "data" / "king_county_100.csv"
FILE, HOMES, AGAIN = (REAL, 4962, 38) if REAL.exists() else (EXCERPT, 99, 1)
TWICE = "1721801591" if REAL.exists() else ""


def listings(room: Room, agency: str) -> dict[str, dict[str, Any]]:
    return {row["listing_id"]: row for row in room.db.listings.find({"agency_id": agency})}


@pytest.mark.timeout(300)
def test_the_whole_file_goes_in_and_a_second_time_changes_nothing(room: Room) -> None:
    job = run(room, hand_in(room, FILE.read_bytes()))
    assert job["counts"] == {"created": HOMES, "updated": AGAIN, "unchanged": 0, "refused": 0}
    homes, events = listings(room, "agency-a"), room.db.outbox.count_documents({})
    assert len(homes) == HOMES
    assert events == HOMES + AGAIN
    again = run(room, hand_in(room, FILE.read_bytes()))
    assert again["counts"] == {"created": 0, "updated": 0, "unchanged": HOMES + AGAIN, "refused": 0}
    assert listings(room, "agency-a") == homes
    assert room.db.outbox.count_documents({}) == events
