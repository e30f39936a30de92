"""MongoDB: one way to connect, one way to commit, one base for stores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import pymongo
from bson.codec_options import CodecOptions
from pymongo import IndexModel, MongoClient, ReplaceOne, UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import CollectionInvalid, ConnectionFailure, DuplicateKeyError, PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from shared.errors import NotFound, PreconditionFailed
from shared.storage.paging import Page, next_page

T = TypeVar("T")
Document = dict[str, Any]
Duplicate = DuplicateKeyError
SNAPSHOT, MAJORITY = ReadConcern("snapshot"), WriteConcern("majority")
ALONE = WriteConcern(1)  # write without waiting: a failover may undo it, and then it is simply done again
TRANSACTION_SECONDS = 15  # below the broker's heartbeat, so that an outage never costs the channel
_open: ContextVar[bool] = ContextVar("transaction_open", default=False)


def connect(url: str, name: str) -> MongoClient[Document]:
    """A client that connects lazily, so it is safe to build before a fork.

    Writes wait for a majority by the server's own default (5.0 and later). Stating it here would break bound
    sessions: pymongo then sends it inside transactions too, where the server refuses it.
    """
    return MongoClient(
        url,
        appname=name,
        tz_aware=True,
        serverSelectionTimeoutMS=3000,
        connectTimeoutMS=3000,
        connect=False,
    )


def database(client: MongoClient[Document], name: str) -> Database[Document]:
    """A service's own database; times are read with their time zone."""
    return client.get_database(name, codec_options=CodecOptions(tz_aware=True))


def transaction(client: MongoClient[Document], work: Callable[[], T]) -> T:
    """Run `work` in one transaction, again on a transient conflict; inside an open one, join it.

    `work` may run several times: it must change nothing but MongoDB.
    """
    if _open.get():
        return work()
    token = _open.set(True)
    try:
        with pymongo.timeout(TRANSACTION_SECONDS), client.start_session() as session, session.bind(end_session=False):
            return session.with_transaction(lambda _: work(), SNAPSHOT, MAJORITY)
    finally:
        _open.reset(token)


def prepare(db: Database[Document], indexes: Mapping[str, Iterable[IndexModel]]) -> None:
    """Create collections and their indexes; idempotent. A transaction must not meet a missing collection."""
    for name, models in indexes.items():
        with suppress(CollectionInvalid):
            db.create_collection(name)
        if listed := list(models):
            db[name].create_indexes(listed)


@dataclass(frozen=True)
class Query:
    """What to read of a collection: the documents that meet `where`, of each `fields` only, `most` of them, and
    where `beside` names another collection and a field with an id of it, what is there under the collection's name."""

    collection: str
    where: Document
    fields: tuple[str, ...] = ()
    most: int = 0
    beside: tuple[str, str] | None = None

    @property
    def stages(self) -> list[Document]:
        """The same as an aggregation."""
        stages: list[Document] = [{"$match": self.where}]
        if self.most:
            stages.append({"$limit": self.most})
        if self.fields:
            stages.append({"$project": dict.fromkeys(self.fields, 1)})
        if self.beside:
            name, field = self.beside
            stages.append({"$lookup": {"from": name, "localField": field, "foreignField": "_id", "as": name}})
        return stages


def gather(db: Database[Document], queries: Mapping[str, Query]) -> dict[str, list[Document]]:
    """The documents of each query, read in one round trip; joins an open transaction.

    For a few small documents each: all of them together may hold 16 MB, the most that one answer can.
    Seven finds by id cost four milliseconds of processor time between client and server, one gathering of seven one.
    """
    joins = [{"$lookup": {"from": q.collection, "pipeline": q.stages, "as": name}} for name, q in queries.items()]
    (found,) = db.aggregate([{"$documents": [{}]}, *joins])
    return found


def put_newest(rows: Collection[Document], own: Document, document: Document) -> bool:
    """Write a document over an older or equal `sequence` of it, or where none exists; returns whether it was written.

    In one round trip and without an error that would end a transaction, as an upsert over a newer one is.
    """
    over = ReplaceOne({**own, "sequence": {"$lte": document["sequence"]}}, document)
    done = rows.bulk_write([over, UpdateOne(own, {"$setOnInsert": document}, upsert=True)])
    # the second one matches any existing document; the first one too, unless the existing one is newer
    return done.upserted_count == 1 or done.matched_count == 2


def is_unreachable(error: BaseException) -> bool:
    """Whether the server could not be reached in time; the same call may work in a moment."""
    return isinstance(error, ConnectionFailure) or (isinstance(error, PyMongoError) and error.timeout)


class Store:
    """The documents of one collection, opened for one agency, so that no query can forget it."""

    COLLECTION = ""
    INDEXES: tuple[IndexModel, ...] = ()
    THING = "document"

    def __init__(self, db: Database[Document], agency_id: str = "") -> None:
        self.db = db
        self.agency_id = agency_id
        self.rows = db[self.COLLECTION]

    def of(self, agency_id: str) -> Self:
        """The same store for one agency."""
        return type(self)(self.db, agency_id)

    def own(self, **query: Any) -> Document:
        """A query restricted to this agency's documents."""
        return {"agency_id": self.agency_id, **query}

    def document(self, document_id: str) -> Document:
        """One document; NotFound when it is missing or another agency's."""
        found = self.rows.find_one(self.own(_id=document_id))
        if found is None:
            raise NotFound(f"There is no {self.THING} with this id.")
        return found

    def insert(self, document: Document) -> None:
        """Add a document; a clash with a unique index is a Duplicate."""
        self.rows.insert_one(document | {"agency_id": self.agency_id})

    def replace(self, document: Document, expected_version: int) -> None:
        """Write a document over the version that was read; PreconditionFailed when another request was faster."""
        result = self.rows.replace_one(
            self.own(_id=document["_id"], version=expected_version), document | {"agency_id": self.agency_id}
        )
        if not result.matched_count:
            raise PreconditionFailed(f"This {self.THING} was changed by somebody else: read it again, then save.")

    def at_version(self, version: int, expected: int) -> None:
        """Raise PreconditionFailed when the caller read another version than the stored one."""
        if version != expected:
            raise PreconditionFailed(f"This {self.THING} was changed by somebody else: read it again, then save.")

    def page(self, query: Document, limit: int, cursor: str | None, sort: str = "_id", descending: bool = True) -> Page:
        """One page of documents, newest first; `cursor` comes from the page before (shared.storage.paging)."""
        return next_page(self.rows, self.own(**query), limit, cursor, sort, descending)


class Projection(Store):
    """Copies of another service's data: the newest whole state of each; older events are ignored."""

    def keep(self, document_id: str, data: Document, sequence: int) -> bool:
        """Store this state unless a newer one is stored; returns whether it was stored. Call it in a transaction."""
        return put_newest(self.rows, self.own(_id=document_id), self.own(**data, sequence=sequence))
