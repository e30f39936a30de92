"""Many people at once, grouped by the data that decides whether they may be written to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.notifications.people.model import EMAIL, PHONE, AddressRow, Person
from shared.storage.mongo import Document

# How many people are read together, so that memory stays bounded.
BATCH = 5000


@dataclass(frozen=True)
class Traits:
    """The data of a person without identity; `channels` is None while no address was reported."""

    contact: bool = False
    erased: bool = False
    channels: tuple[str, ...] | None = None
    consents: tuple[str, ...] = ()
    suppressed: bool = False

    def person(self) -> Person:
        """A person with this data, with empty addresses; `consents` are written "purpose:channel=state"."""
        addresses = {channel: AddressRow(value="") for channel in self.channels or ()}
        return Person(
            contact={"erased": self.erased} if self.contact else None,
            reachable=None if self.channels is None else {"addresses": addresses},
            consents=dict(word.split("=", 1) for word in self.consents),
            suppressed=self.suppressed,
        )


@dataclass(frozen=True)
class PeopleGroups:
    """Reads people by the thousand: twenty thousand have some twenty different combinations of data, so rules run
    twenty times. Each query returns lists of ids, since a document for each person takes ten times as long to read.
    """

    db: Any  # the driver's own document type
    agency_id: str

    def alike(self, contact_ids: Iterable[str], consents: Sequence[str]) -> Iterator[list[tuple[Person, list[str]]]]:
        """These people in batches: a person without name and addresses, and the ids of all with equal data.

        `consents` are the deciding ones, as "purpose:channel".
        """
        ids = list(dict.fromkeys(contact_ids))
        for start in range(0, len(ids), BATCH):
            yield self._batch(ids[start : start + BATCH], consents)

    def _batch(self, ids: list[str], consents: Sequence[str]) -> list[tuple[Person, list[str]]]:
        erased = self._contacts(ids)
        channels, suppressed = self._channels(ids)
        said = self._consents(ids, consents)
        groups: dict[Traits, list[str]] = defaultdict(list)
        made: dict[object, Traits] = {}
        for id_ in ids:
            facts = id_ in erased, erased.get(id_, False), channels.get(id_), said.get(id_, ()), id_ in suppressed
            groups[made.get(facts) or made.setdefault(facts, Traits(*facts))].append(id_)
        return [(traits.person(), alike) for traits, alike in groups.items()]

    def _contacts(self, ids: list[str]) -> dict[str, bool]:
        """Whether each known person was erased."""
        erased = {"$ifNull": ["$erased", False]}
        return {id_: group["_id"] for group in self._grouped("contacts", ids, erased) for id_ in group["ids"]}

    def _channels(self, ids: list[str]) -> tuple[dict[str, tuple[str, ...]], set[str]]:
        """On which channels each has an address, and whose e-mail address refused a mail for good."""
        key = {name: {"$ne": [{"$type": f"$addresses.{name}.value"}, "missing"]} for name in (EMAIL, PHONE)}
        channels: dict[str, tuple[str, ...]] = {}
        prints: dict[str, str] = {}
        for group in self._grouped("reachable", ids, key, prints={"$push": "$address_print"}):
            has = tuple(name for name in (EMAIL, PHONE) if group["_id"][name])
            channels |= dict.fromkeys(group["ids"], has)
            if EMAIL in has:
                prints |= dict(zip(group["ids"], group["prints"], strict=True))
        refused = {row["_id"] for row in self.db.suppressions.find({"_id": {"$in": list(prints.values())}}, {"_id": 1})}
        return channels, {id_ for id_, print_ in prints.items() if print_ in refused} if refused else set()

    def _consents(self, ids: list[str], consents: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The consents of each, as "purpose:channel=state"."""
        word = {"$concat": ["$purpose", ":", "$channel", "=", "$state"]}
        said: dict[str, tuple[str, ...]] = {}
        for consent in consents:
            keys = [f"{id_}:{consent}" for id_ in ids]
            for group in self._grouped("consents", keys, word, ids={"$push": "$contact_id"}):
                for id_ in group["ids"]:
                    said[id_] = (*said.get(id_, ()), group["_id"])
        return said

    def _grouped(self, collection: str, keys: list[str], key: Document, **more: Document) -> Iterable[Document]:
        """The ids of the documents with these keys, grouped by equal `key`."""
        match = {"agency_id": self.agency_id, "_id": {"$in": keys}}
        group = {"_id": key, "ids": {"$push": "$_id"}} | more
        return list(self.db[collection].aggregate([{"$match": match}, {"$group": group}]))
