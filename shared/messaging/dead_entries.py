"""Dead entries: list, show, replay and discard events that could not be handled; uses the inbox alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pymongo import IndexModel
from pymongo.database import Database

from shared.contracts import CONTRACTS
from shared.errors import NotFound
from shared.messaging.event import now
from shared.messaging.inbox import INBOX
from shared.messaging.masking import outline
from shared.storage.mongo import transaction
from shared.storage.paging import Page, next_page

AUDIT = "inbox_audit"
INDEXES = {
    AUDIT: [
        IndexModel([("entry_id", 1), ("at", 1)]),
        IndexModel([("agency_id", 1), ("action", 1), ("at", -1), ("_id", -1)]),
    ]
}
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class DeadEntries:
    """The dead entries that one person may see: their agency's, or without an agency the unparsed ones.

    The command line acts for the operator of the machine and passes `everything`.
    """

    db: Database[Any]
    agency_id: str | None
    actor: str
    everything: bool = False

    def page(self, limit: int, cursor: str | None) -> Page:
        """A page of dead entries without their bodies."""
        page = next_page(self.db[INBOX], self._mine(), limit, cursor, "_id", descending=True)
        return Page([_entry(row) for row in page.items], page.next_cursor)

    def past(self, action: str, limit: int) -> list[dict[str, Any]]:
        """The last entries that were replayed, or discarded, with author and time."""
        mine = {"action": action} | ({} if self.everything else {"agency_id": self.agency_id})
        notes = list(self.db[AUDIT].find(mine).sort([("at", -1), ("_id", -1)]).limit(limit))
        found = {row["_id"]: row for row in self.db[INBOX].find({"_id": {"$in": [n["entry_id"] for n in notes]}})}
        return [_entry(found[n["entry_id"]]) | {"audit": [_note(n)]} for n in notes if n["entry_id"] in found]

    def show(self, entry_id: str) -> dict[str, Any]:
        """One entry with its event; personal data is masked."""
        row = self._find(entry_id)
        return _entry(row) | {"event": _masked(row), "audit": self._audit(entry_id)}

    def replay(self, entry_id: str) -> None:
        """Make an entry due again with all its attempts; the next worker that polls handles it."""
        change = {"$set": {"state": "parked", "attempts": 0, "not_before": now()}}
        self._change(entry_id, "replay", "", change)

    def discard(self, entry_id: str, reason: str) -> None:
        """Discard an entry for good, with the reason."""
        change = {"$set": {"state": "discarded", "expire_at": now() + KEPT}, "$unset": {"event": "", "not_before": ""}}
        self._change(entry_id, "discard", reason, change)

    def _change(self, entry_id: str, action: str, reason: str, change: dict[str, Any]) -> None:
        def work() -> None:
            row = self._find(entry_id)
            if action == "replay" and row["type"] is None:
                raise NotFound("This entry could never be read, so it cannot be replayed; discard it.")
            self.db[INBOX].update_one({"_id": entry_id, "state": "dead"}, change)
            note = {"entry_id": entry_id, "at": now(), "actor": self.actor, "action": action, "reason": reason}
            self.db[AUDIT].insert_one(note | {"agency_id": row["agency_id"]})

        transaction(self.db.client, work)

    def _mine(self) -> dict[str, Any]:
        return {"state": "dead"} | ({} if self.everything else {"agency_id": self.agency_id})

    def _find(self, entry_id: str) -> dict[str, Any]:
        row: dict[str, Any] | None = self.db[INBOX].find_one(self._mine() | {"_id": entry_id})
        if row is None:
            raise NotFound("There is no dead entry with this id.")
        return row

    def _audit(self, entry_id: str) -> list[dict[str, Any]]:
        return [_note(note) for note in self.db[AUDIT].find({"entry_id": entry_id}).sort("at", 1)]


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["_id"],
        "type": row.get("type"),
        "subject": row.get("subject"),
        "attempts": row["attempts"],
        "error_class": row.get("error_class"),
        "error": row.get("error"),
        "at": row.get("at"),
        "tried_at": row.get("tried_at") or row.get("at"),
        "state": row["state"],
    }


def _note(note: dict[str, Any]) -> dict[str, Any]:
    return {"at": note["at"], "actor": note["actor"], "action": note["action"], "reason": note["reason"]}


def _masked(row: dict[str, Any]) -> Any:
    if row["type"] is None:
        return outline(row.get("event") or "")
    if not row.get("event"):
        return None
    event = json.loads(row["event"])
    if CONTRACTS[row["type"]].personal:
        event["data"] = "not shown: personal data"
    return event
