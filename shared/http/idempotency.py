"""Idempotency-Key: a repeated POST is executed once and gets the same reply again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from pymongo import IndexModel
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError, OperationFailure

from shared.codes import Code
from shared.errors import Conflict, Invalid, NotFound
from shared.messaging.event import now

KEYS = "idempotency_keys"
KEPT = timedelta(hours=24)
WRITE_CONFLICT = 112
INDEXES = {KEYS: [IndexModel([("expire_at", 1)], expireAfterSeconds=0), IndexModel([("about", 1)], sparse=True)]}

KEY_USED = Code("key_used", "Use a new key for a new request.")


class SeenBefore(Exception):
    """The key was used by a request that has committed; ends the transaction."""


def fingerprint(secret: bytes, *parts: bytes) -> str:
    """The fingerprint of a request; keyed, because a body may hold a password."""
    return hmac.new(secret, b"\0".join(parts), hashlib.sha256).hexdigest()


def claim(db: Database[Any], key: str, print_: str) -> None:
    """Reserve the key in the open transaction; SeenBefore when it was used, Conflict while another request uses it."""
    try:
        db[KEYS].insert_one({"_id": key, "fingerprint": print_, "expire_at": now() + KEPT})
    except DuplicateKeyError:
        raise SeenBefore from None
    except OperationFailure as error:
        if error.code == WRITE_CONFLICT:
            raise Conflict("The same request is still being handled.") from None
        raise


def keep(db: Database[Any], key: str, answer: dict[str, Any], about: Iterable[str] = ()) -> None:
    """Store the reply with the key, in the same transaction; `about` names the person in it."""
    kept: dict[str, Any] = {"answer": answer} | ({"about": sorted(about)} if about else {})
    db[KEYS].update_one({"_id": key}, {"$set": kept})


def forget(db: Database[Any], subject: str) -> None:
    """Delete the content of every stored reply about an erased person; the keys stay used."""
    db[KEYS].update_many({"about": subject}, {"$unset": {"answer": "", "about": ""}})


def earlier_answer(db: Database[Any], key: str, print_: str) -> dict[str, Any]:
    """The stored reply; Invalid when the key was used for another request."""
    row = db[KEYS].find_one({"_id": key})
    if row is None:
        raise Conflict("The same request is still being handled.")
    if row["fingerprint"] != print_:
        raise Invalid("This key was used for another request.", {"Idempotency-Key": [KEY_USED()]})
    if "answer" not in row:
        raise NotFound("The answer to this request has since been erased.")
    answer: dict[str, Any] = row["answer"]
    return answer
