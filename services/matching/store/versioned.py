"""Stores of documents that are crossed at one version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar, cast

from pymongo.read_concern import ReadConcern

from shared.storage.mongo import Document, Store

D = TypeVar("D")


class NewerVersionStored(Exception):
    """A newer version is stored already."""


class VersionedStore(Store, Generic[D]):
    """Documents that are crossed: no newer version is stored while matches of one version are being written."""

    def hold(self, document_id: str, sequence: int) -> D | None:
        """The document, if this is the stored version; other writers wait for the open transaction."""
        query = self.own(_id=document_id, sequence=sequence)
        return cast("D | None", self.rows.find_one_and_update(query, {"$inc": {"held": 1}}))

    def stored(self, document_id: str, sequence: int) -> D | None:
        """The document, if this is the stored version; call `hold` before writing what depends on it."""
        return cast("D | None", self.rows.find_one(self.own(_id=document_id, sequence=sequence)))

    def by_ids(self, ids: Iterable[str]) -> dict[str, D]:
        """Documents by id, removed ones too."""
        return {one["_id"]: cast("D", one) for one in self.some(ids)}

    def some(self, ids: Iterable[str], fields: Iterable[str] | None = None) -> Iterator[Document]:
        """Documents of these ids; whole, or these fields of them."""
        every = list(ids)
        # all in one reply, where the default is about a hundred
        yield from self.rows.find(self.own(_id={"$in": every}), fields, batch_size=len(every) + 1)

    def everything(self) -> Iterator[D]:
        """Every document of every agency, for the index, as a majority of the servers has it."""
        # a change that this read misses comes after the stream was opened, so the stream shows it
        for document in self.rows.with_options(read_concern=ReadConcern("majority")).find():
            yield cast("D", document)
