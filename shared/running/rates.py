"""Event rates of a service: counted in memory by each process, added up in the database by time span."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from pymongo import IndexModel
from pymongo.database import Database

from shared.messaging.event import now

RATES = "rates"
SPAN_SECONDS = 15
KEPT = timedelta(hours=25)
POINTS = 60
INDEXES = {RATES: [IndexModel([("expire_at", 1)], expireAfterSeconds=0)]}
PUBLISHED, HANDLED = "published", "handled"


class Tally:
    """Counts of one process since the last flush; thread-safe."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def add(self, name: str, n: int = 1) -> None:
        """Count something; by type of event as `published:<type>`."""
        with self._lock:
            self._counts[name] += n

    def record(self, db: Database[Any]) -> Counter[str]:
        """Add the counts to the present span and start again from zero; if that fails, they are kept."""
        with self._lock:
            told, self._counts = self._counts, Counter()
        if told:
            try:
                _add(db, told)
            except BaseException:
                with self._lock:
                    self._counts.update(told)
                raise
        return told


def series(db: Database[Any], minutes: int) -> dict[str, Any]:
    """The last minutes as points (oldest first, events a second), and the present rate, also by type."""
    step = max(minutes * 60 // POINTS, SPAN_SECONDS)
    end = _span(now(), step)
    starts = [end - timedelta(seconds=step * n) for n in range(POINTS, 0, -1)]
    found = {start: Counter[str]() for start in starts}
    shown = {f"counts.{name}": 1 for name in (PUBLISHED, HANDLED)}
    for row in db[RATES].find({"_id": {"$gte": starts[0], "$lt": end}}, shown):
        found[_span(row["_id"], step)].update(row["counts"])
    points = {name: [round(found[at][name] / step, 3) for at in starts] for name in (PUBLISHED, HANDLED)}
    return {"minutes": minutes, **points, "now": _now(db)}


def _now(db: Database[Any]) -> dict[str, float]:
    """The rate a second of each count over the last two spans."""
    moment = now()
    since = _span(moment, SPAN_SECONDS) - timedelta(seconds=SPAN_SECONDS)
    seconds = (moment - since).total_seconds()
    counts: Counter[str] = Counter()
    for row in db[RATES].find({"_id": {"$gte": since}}):
        counts.update(row["counts"])
    return {name.replace("/", "."): round(n / seconds, 3) for name, n in counts.items()}


def _add(db: Database[Any], counts: Counter[str]) -> None:
    # a dot in the name of a field would make it a path
    more = {f"counts.{name.replace('.', '/')}": n for name, n in counts.items()}
    query = {"_id": _span(now(), SPAN_SECONDS)}
    db[RATES].update_one(query, {"$inc": more, "$set": {"expire_at": now() + KEPT}}, upsert=True)


def _span(moment: datetime, seconds: int) -> datetime:
    return moment.fromtimestamp(moment.timestamp() // seconds * seconds, moment.tzinfo)
