"""How much a service does, added up over processes and spans of time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from pymongo.database import Database
from pymongo.errors import PyMongoError

from shared.running.rates import HANDLED, POINTS, PUBLISHED, Tally, series
from shared.storage import mongo

NOON = "2026-03-01T12:00:00Z"


@pytest.fixture
def db(mongo_url: str, mongo_prefix: str) -> Iterator[Database[Any]]:
    client = mongo.connect(mongo_url, "rates")
    found = mongo.database(client, f"{mongo_prefix}rates")
    yield found
    client.drop_database(found.name)


def test_several_processes_add_up_and_a_span_that_is_over_is_a_point(db: Database[Any]) -> None:
    one, other = Tally(), Tally()
    with time_machine.travel(NOON, tick=False) as clock:
        one.add(HANDLED, 30)
        other.add(HANDLED, 60)
        other.add(f"{PUBLISHED}:notifications.delivery.sent", 15)
        one.record(db)
        other.record(db)
        clock.shift(15)
        told = series(db, 15)
    assert told["handled"][-1] == 6.0
    assert told["handled"][:-1] == [0.0] * (POINTS - 1)
    assert told["now"][HANDLED] == 6.0
    assert told["now"]["published:notifications.delivery.sent"] == 1.0


@pytest.mark.parametrize("minutes", [15, 360, 1440])
def test_every_span_of_time_is_sixty_points(db: Database[Any], minutes: int) -> None:
    tally = Tally()
    with time_machine.travel(NOON, tick=False) as clock:
        tally.add(PUBLISHED, 100)
        tally.record(db)
        clock.shift(minutes * 60 / POINTS)
        told = series(db, minutes)
    assert len(told["published"]) == POINTS
    assert sum(told["published"]) * minutes * 60 / POINTS == pytest.approx(100, rel=0.01)


def test_what_could_not_be_told_is_told_next_time(db: Database[Any]) -> None:
    tally = Tally()
    tally.add(HANDLED, 7)
    away = mongo.database(mongo.connect("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50", "away"), "away")
    with pytest.raises(PyMongoError):
        tally.record(away)
    assert tally.record(db)[HANDLED] == 7
    assert not tally.record(db)
