"""Cursor pages: {"items": [], "next_cursor": null}; a cursor is the last item's position in the order."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from bson import decode, encode
from bson.errors import BSONError

from shared.codes import FOREIGN_CURSOR
from shared.errors import Invalid


@dataclass(frozen=True)
class Page:
    """Some items and the cursor of the next ones."""

    items: list[Any]
    next_cursor: str | None


def next_page(rows: Any, query: dict[str, Any], limit: int, cursor: str | None, sort: str, descending: bool) -> Page:
    """Read one page in the order (sort, _id); keyset, so a page costs the same however deep."""
    direction, sign = (-1, "$lt") if descending else (1, "$gt")
    clauses = [query] + ([_after(read_cursor(cursor), sort, sign)] if cursor else [])
    order = [("_id", direction)] if sort == "_id" else [(sort, direction), ("_id", direction)]
    found = list(rows.find({"$and": clauses}).sort(order).limit(limit + 1))
    more = len(found) > limit
    found = found[:limit]
    return Page(found, write_cursor(found[-1].get(sort), found[-1]["_id"]) if more else None)


def _after(place: tuple[Any, Any], sort: str, sign: str) -> dict[str, Any]:
    value, last_id = place
    if sort == "_id":
        return {"_id": {sign: last_id}}
    later: list[dict[str, Any]] = [{sort: value, "_id": {sign: last_id}}]
    # null sorts before everything and compares with nothing, so it needs conditions of its own
    if value is not None:
        later += [{sort: {sign: value}}] + ([{sort: None}] if sign == "$lt" else [])
    elif sign == "$gt":
        later.append({sort: {"$ne": None}})
    return {"$or": later}


def write_cursor(value: Any, last_id: str) -> str:
    """A position in an order as opaque text."""
    return base64.urlsafe_b64encode(encode({"v": value, "i": last_id})).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[Any, Any]:
    """The position that a cursor names; Invalid when the cursor is not one of ours."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        place = decode(raw)
        if isinstance(place["i"], str) and not isinstance(place["v"], (dict, list)):
            return place["v"], place["i"]
    except (binascii.Error, BSONError, KeyError, ValueError, TypeError):
        pass
    raise Invalid("The cursor is not valid.", {"cursor": [FOREIGN_CURSOR()]})
