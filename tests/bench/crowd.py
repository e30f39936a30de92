"""A large agency quickly: what a few people, homes and wishes have become is written down again under other ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from pymongo.database import Database

Document = dict[str, Any]
BATCH = 2000
# What each service keeps of people, homes, wishes and of what became of them; never what is on its way.
KEPT = {
    "leads": ("contacts", "consents", "timeline", "listings"),
    "properties": ("listings", "ledger"),
    "matching": ("listings", "searches", "contacts", "matches"),
    "notifications": ("contacts", "reachable", "consents", "pairs", "deliveries"),
    "gateway": ("listings", "activity"),
}


def multiply(databases: Callable[[str], Database[Any]], agency: str, ids: Iterable[str], times: int) -> None:
    """Make `times` of everything that one agency has; the copies belong to each other as the originals do."""
    known = re.compile("|".join(map(re.escape, ids)))
    for service, collections in KEPT.items():
        for name in collections:
            rows = databases(service)[name]
            originals = list(rows.find({"agency_id": agency}))
            for batch in _batches(_copies(originals, known, times)):
                rows.insert_many(batch, ordered=False)


def _copies(originals: list[Document], known: re.Pattern[str], times: int) -> Iterator[Document]:
    for original in originals:
        if not known.search(str(original["_id"])) and not any(_names(v, known) for v in original.values()):
            continue  # the agency itself, or a line about nobody: one of it is enough
        for number in range(1, times):
            copy = _renamed(original, known, f"-{number}")
            if copy["_id"] == original["_id"]:
                copy["_id"] = f"{original['_id']}-{number}"
            yield copy


def _names(value: Any, known: re.Pattern[str]) -> bool:
    return isinstance(value, str) and known.search(value) is not None


def _renamed(value: Any, known: re.Pattern[str], suffix: str) -> Any:
    if isinstance(value, str):
        return known.sub(lambda found: found[0] + suffix, value)
    if isinstance(value, dict):
        return {_renamed(key, known, suffix): _renamed(one, known, suffix) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, known, suffix) for one in value]
    return value


def _batches(documents: Iterator[Document]) -> Iterator[list[Document]]:
    while batch := list(islice(documents, BATCH)):
        yield batch
