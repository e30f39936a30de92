"""Events that were not handled at once: each waited 5 s or more, which a figure beside it may be made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from pymongo.database import Database


def told(databases: Iterable[Database[Any]]) -> str:
    """How many, and why."""
    reasons = Counter(
        f"{db.name} {row['type']}: {row.get('error_class', 'reason not kept')}"
        for db in databases
        for row in db.inbox.find({"attempts": {"$gte": 1}})
    )
    counted = ", ".join(f"{count} × {reason}" for reason, count in reasons.most_common(3))
    return f"tried again: {counted}" if counted else "none tried again"
