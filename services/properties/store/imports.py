"""Imports in MongoDB: the file in chunks, the progress, and the result of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from pymongo import IndexModel, ReturnDocument

from services.properties.codes import IMPORT_UNDER_WAY
from services.properties.model import VERDICTS
from shared.codes import FieldError
from shared.errors import Conflict
from shared.messaging.event import now
from shared.running.context import new_id
from shared.storage.mongo import Document, Duplicate, Store
from shared.storage.paging import Page, next_page

PIECE = 1024 * 1024
LEASE = timedelta(seconds=10)
REPORT_KEPT = timedelta(days=90)
FILE_KEPT = timedelta(days=1)
INDEXES: dict[str, list[IndexModel]] = {
    "imports": [
        IndexModel([("state", 1), ("touched_at", 1)], partialFilterExpression={"state": "open"}),
        IndexModel([("agency_id", 1), ("_id", -1)]),
        # an agency's imports run one after another: two at once would overwrite each other's homes
        IndexModel([("agency_id", 1)], unique=True, partialFilterExpression={"state": "open"}, name="one_open"),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
    "import_files": [
        IndexModel([("import_id", 1), ("piece", 1)]),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
    "handed_files": [IndexModel([("expire_at", 1)], expireAfterSeconds=0)],
    "import_rows": [
        IndexModel([("agency_id", 1), ("import_id", 1), ("row", 1)]),
        IndexModel([("agency_id", 1), ("import_id", 1), ("verdict", 1), ("row", 1)]),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
}


class Overtaken(Exception):
    """Another worker has continued this import; ends the transaction."""


class ImportStore(Store):
    """One agency's imports; only `claim` reads every agency's."""

    COLLECTION = "imports"
    THING = "import"

    def begin(self, about: Mapping[str, Any], content: bytes) -> Document:
        """Store a file with its mapping for a worker; Conflict while another import of the agency is running."""
        row = {
            "_id": new_id(),
            **about,
            "agency_id": self.agency_id,
            "state": "open",
            "next": 0,
            "starts": 0,
            "counts": dict.fromkeys(VERDICTS, 0),
            "created_at": now(),
            "touched_at": now(),
            "lease_until": now(),
            "expire_at": now() + REPORT_KEPT,
        }
        try:
            self.rows.insert_one(row)
        except Duplicate:
            raise Conflict(IMPORT_UNDER_WAY()) from None
        keep_pieces(self, str(row["_id"]), content)
        return row

    def claim(self, owner: str) -> Document | None:
        """Claim the unfinished import that has waited longest, for LEASE; None when no import is free."""
        free = {"$or": [{"lease_owner": owner}, {"lease_until": {"$lte": now()}}]}
        taken = {"lease_owner": owner, "lease_until": now() + LEASE, "touched_at": now()}
        found: Document | None = self.rows.find_one_and_update(
            {"state": "open", **free},
            {"$set": taken},
            sort=[("touched_at", 1)],
            return_document=ReturnDocument.AFTER,
        )
        return found

    def count_start(self, import_id: str) -> int:
        """Count a start from this place in the file; returns how many there were since the last progress."""
        self.rows.update_one(self.own(_id=import_id), {"$inc": {"starts": 1}})
        return int(self.document(import_id)["starts"])

    def content(self, import_id: str) -> bytes:
        """The file as uploaded."""
        return b"".join(row["data"] for row in self.db.import_files.find({"import_id": import_id}).sort("piece", 1))

    def advance(self, job: Mapping[str, Any], verdicts: Sequence[Document], ended: bool) -> None:
        """Record the results of the next rows, in the transaction of their listings; Overtaken when they are
        recorded already. `job` is the import as it was claimed; `ended` says that no row is left.
        """
        counted = {f"counts.{v}": sum(row["verdict"] == v for row in verdicts) for v in VERDICTS}
        change = {"next": job["next"] + len(verdicts), "starts": 0}
        change |= {"state": "finished", "finished_at": now()} if ended else {}
        done = self.rows.update_one(
            self.own(_id=job["_id"], state="open", next=job["next"]), {"$set": change, "$inc": counted}
        )
        if not done.matched_count:
            raise Overtaken
        about = {"agency_id": self.agency_id, "import_id": job["_id"], "expire_at": job["expire_at"]}
        if verdicts:
            self.db.import_rows.insert_many([{"_id": new_id(), **row, **about} for row in verdicts])
        if ended:
            self._forget_file(job["_id"])

    def fail(self, job: Mapping[str, Any], error: FieldError) -> None:
        """Mark an import as failed; rows that were imported stay."""
        self.rows.update_one(
            self.own(_id=job["_id"], state="open"),
            {"$set": {"state": "failed", "failure": error.document(), "finished_at": now()}},
        )
        self._forget_file(job["_id"])

    def verdicts(self, import_id: str, verdict: str | None, limit: int, cursor: str | None) -> Page:
        """A page of row results, in the order of the file."""
        self.document(import_id)
        query = self.own(import_id=import_id) | ({"verdict": verdict} if verdict else {})
        return next_page(self.db.import_rows, query, limit, cursor, "row", descending=False)

    def _forget_file(self, import_id: str) -> None:
        self.db.import_files.delete_many({"import_id": import_id})


class FileStore(Store):
    """Uploaded files without a mapping yet; kept for a day."""

    COLLECTION = "handed_files"
    THING = "file"

    def keep(self, about: Mapping[str, Any], content: bytes) -> Document:
        """Store a file and its detected format."""
        until = now() + FILE_KEPT
        row = {"_id": new_id(), **about, "agency_id": self.agency_id, "created_at": now(), "expire_at": until}
        self.rows.insert_one(row)
        keep_pieces(self, str(row["_id"]), content, expire_at=until)
        return row

    def content(self, file_id: str) -> bytes:
        """The bytes of the file; raises NotFound after a day."""
        self.document(file_id)
        return b"".join(row["data"] for row in self.db.import_files.find({"import_id": file_id}).sort("piece", 1))


def keep_pieces(store: Store, owner_id: str, content: bytes, **about: Any) -> None:
    """Store a file in chunks that each fit into a document."""
    store.db.import_files.insert_many(
        {"_id": new_id(), "import_id": owner_id, "piece": at, "data": content[at : at + PIECE], **about}
        for at in range(0, max(len(content), 1), PIECE)
    )
