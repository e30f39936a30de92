"""People in MongoDB: documents, the ledger of consents, timelines and queries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Literal, TypedDict

from pymongo import IndexModel, UpdateOne

from services.leads import person_search
from services.leads.addresses import email_key
from services.leads.model import REACHED, TOLD, Consent, Contact
from services.leads.timeline import Line
from shared.errors import NotYetKnown
from shared.http import idempotency
from shared.messaging import inbox, outbox
from shared.messaging.event import now
from shared.running.context import new_id
from shared.storage.mongo import Projection, Store
from shared.storage.paging import Page

_FIELDS = tuple(f.name for f in fields(Contact) if f.name not in ("id", "consents", "changes", "given"))
_NAMES = ("full_name", "first_name", "middle_name", "last_name")
DUPLICATES_SHOWN = 10
NEAR_LOOKED_AT = 300


class Duplicate(TypedDict):
    """Another person who may be the same one, and whether by e-mail or by telephone."""

    id: str
    full_name: str
    phone: str | None
    email: str | None
    agent_member_id: str | None
    why: Literal["email", "phone"]


class ContactStore(Store):
    """One agency's people; saving writes person, ledger, timeline and events in one transaction."""

    COLLECTION = "contacts"
    THING = "contact"

    def get(self, contact_id: str) -> Contact:
        """One contact; NotFound when it is missing, erased or another agency's."""
        return from_document(self.document(contact_id))

    def save(self, contact: Contact, expected_version: int | None = None, by: str = "") -> None:
        """Write the pending changes, if any; PreconditionFailed when another change was faster."""
        if expected_version is not None:
            self.at_version(contact.version, expected_version)
        if not contact.is_unsaved():
            return
        told, reached, entered = contact.is_news(TOLD), contact.is_news(REACHED), _entries(contact, by)
        before, contact.version, contact.changed_at = contact.version, contact.version + 1, now()
        if before == 0:
            contact.created_at = contact.changed_at
            self.insert(to_document(contact))
        else:
            self.replace(to_document(contact), before)
        self._publish(contact, told, reached)
        self._write_down(contact)
        TimelineStore(self.db, self.agency_id).append([{"at": contact.changed_at, **line} for line in entered])
        contact.changes, contact.given = [], []

    def search(self, query: dict[str, Any], limit: int, cursor: str | None) -> Page:
        """A page of contacts that match the filters, newest first.

        With `q`, each page is ordered by how well the name matches, misspelt names last.
        """
        typed = query.pop("q", None)
        if ids := query.pop("id", None):
            query["_id"] = {"$in": ids}
        wanted = None if typed is None else person_search.needs(typed)
        if wanted == []:
            return Page([], None)
        begun = _all_begin(wanted) if wanted else {}
        page = self.page({**query, **begun}, limit, cursor)
        people = [from_document(d) for d in page.items]
        if not wanted or cursor or page.next_cursor:
            return Page(people, page.next_cursor)
        near = self._near(query, wanted, {person.id for person in people})
        return Page((_ranked(people, wanted) + _ranked(near, wanted))[:limit], None)

    def duplicates_of(self, contact: Contact) -> list[Duplicate]:
        """Others with the same e-mail or telephone, as the API answers them."""
        key, phone = email_key(contact.email), contact.phone
        return self._duplicates(key, {"phone": phone} if phone else None, {"_id": {"$ne": contact.id}})

    def duplicates_among(self, phone: str, email: str) -> list[Duplicate]:
        """People with this e-mail, or with a telephone that ends in these digits, both as typed so far."""
        digits = person_search.national_digits(phone)
        ending = {"search_keys": digits[-person_search.TELLING_DIGITS :]} if digits else None
        return self._duplicates(email_key(email or None), ending, {})

    def _duplicates(self, key: str | None, phone: dict[str, Any] | None, others: dict[str, Any]) -> list[Duplicate]:
        """People with this e-mail key or this condition on the telephone: {id, full_name, …, why}."""
        same = [condition for condition in ({"email_key": key} if key else None, phone) if condition]
        if not same:
            return []
        found = self.rows.find(self.own(**{"$or": same, **others})).limit(DUPLICATES_SHOWN)
        return [
            Duplicate(
                id=other["_id"],
                full_name=other["full_name"],
                phone=other["phone"],
                email=other["email"],
                agent_member_id=other["agent_member_id"],
                why="email" if key and other["email_key"] == key else "phone",
            )
            for other in found
        ]

    def touch(self, contact_ids: Iterable[str]) -> set[str]:
        """Lock people before something is written beside them; returns those that exist.

        Erased ones are left out; NotYetKnown when one has never been here.
        """
        ids = set(contact_ids)
        own = self.own(_id={"$in": sorted(ids)})
        # a write, not a read: a concurrent erasure then fails and runs again, after which nothing is left behind
        if self.rows.update_many(own, {"$inc": {"touched": 1}}).matched_count == len(ids):
            return ids
        here = {row["_id"] for row in self.rows.find(own, {"_id": 1})}
        gone = {row["_id"] for row in self.db.tombstones.find(own, {"_id": 1})}
        if unknown := ids - here - gone:
            raise NotYetKnown(f"contacts not known here: {len(unknown)} of {len(ids)}")
        return here

    def erase(self, contact: Contact, ground: str) -> datetime:
        """Erase a person for good: the erasure itself remains, and the consents without their wording."""
        at, version, mine = now(), contact.version + 1, self.own(contact_id=contact.id)
        if not self.rows.delete_one(self.own(_id=contact.id, version=contact.version)).deleted_count:
            self.at_version(contact.version, version)
        self.db.tombstones.insert_one(self.own(_id=contact.id, sequence=version, erased_at=at, ground=ground))
        self.db.consents.update_many(mine, {"$unset": {"source": "", "by": ""}})
        self.db.timeline.delete_many(mine)
        outbox.withdraw(self.db, self.agency_id, contact.id)
        inbox.forget_contact(self.db, contact.id)
        idempotency.forget(self.db, contact.id)
        outbox.record(self.db, "leads", "leads.contact.erased", self.agency_id, contact.id, version, {})
        return at

    def _near(self, query: dict[str, Any], wanted: list[str], known: set[str]) -> list[Contact]:
        """People whose names differ by one letter from the typed text."""
        candidates = [(need, person_search.typo_candidates(need)) for need in wanted]
        if not any(keys for _, keys in candidates):
            return []
        either = [
            {"$or": [_begins(need), {"typo_keys": {"$in": keys}}]} if keys else _begins(need)
            for need, keys in candidates
        ]
        looked_at = self.rows.find(self.own(**query, **{"$and": either})).limit(NEAR_LOOKED_AT)
        return [
            from_document(row)
            for row in looked_at
            if row["_id"] not in known
            and all(
                any(key.startswith(need) for key in row["search_keys"])
                or person_search.is_near(need, [row[name] for name in _NAMES])
                for need in wanted
            )
        ]

    def _publish(self, contact: Contact, told: bool, reached: bool) -> None:
        about = (self.agency_id, contact.id, contact.version)
        if told:
            data = {name: getattr(contact, name) for name in sorted(TOLD)}
            outbox.record(self.db, "leads", "leads.contact.changed", *about, data)
        if reached:
            outbox.record(self.db, "leads", "leads.contact.reachable", *about, reachable(contact))
        for said in contact.given:
            # the present consent, which one with an earlier date does not change: so the newest sequence is always
            # right
            data = consent_to_wire(contact.id, contact.consent(*said.pair) or said)
            outbox.record(self.db, "leads", "leads.consent.changed", *about, data)

    def _write_down(self, contact: Contact) -> None:
        for said in contact.given:
            row = asdict(said) | {"_id": new_id(), "contact_id": contact.id, "version": contact.version}
            self.db.consents.insert_one(self.own(**row))


class LedgerStore(Store):
    """Every consent and withdrawal, append-only; only ContactStore writes it."""

    COLLECTION = "consents"
    THING = "consent"

    def history(self, contact_id: str, limit: int, cursor: str | None) -> Page:
        """The consents and withdrawals of one person, the last recorded first."""
        return self.page({"contact_id": contact_id}, limit, cursor)


class TimelineStore(Store):
    """The events of each person's timeline; append-only."""

    COLLECTION = "timeline"
    THING = "entry"

    def append(self, lines: list[Line]) -> None:
        """Add the lines that are not stored yet."""
        if lines:
            fresh = [UpdateOne({"_id": line["_id"]}, {"$setOnInsert": self.own(**line)}, upsert=True) for line in lines]
            self.rows.bulk_write(fresh)

    def of_contact(self, contact_id: str, kinds: list[str], limit: int, cursor: str | None) -> Page:
        """One person's lines, newest first, each with its listing where known."""
        query: dict[str, Any] = {"contact_id": contact_id} | ({"kind": {"$in": kinds}} if kinds else {})
        page = self.page(query, limit, cursor, "at")
        homes = HomeStore(self.db, self.agency_id).by_id({i["listing_id"] for i in page.items if "listing_id" in i})
        return Page([{**i, "listing": homes.get(i.get("listing_id"))} for i in page.items], page.next_cursor)


class AgencyStore(Projection):
    """The agencies as the gateway published them; languages and time zone are the defaults of their contacts."""

    COLLECTION = "agencies"
    THING = "agency"

    def defaults(self) -> dict[str, Any]:
        """languages and time_zone; empty while the agency is not known."""
        return self.rows.find_one({"_id": self.agency_id}, {"languages": 1, "time_zone": 1}) or {}


class MemberStore(Projection):
    """Who works at the agency."""

    COLLECTION = "members"
    THING = "member"

    def has(self, member_id: str) -> bool:
        """Whether a member with this id works, or has worked, at the agency."""
        return self.rows.find_one(self.own(_id=member_id), {"_id": 1}) is not None


class HomeStore(Projection):
    """The fields of each listing that timelines show."""

    COLLECTION = "listings"
    THING = "listing"

    def by_id(self, listing_ids: set[str]) -> dict[Any, dict[str, Any]]:
        """Those of these listings that are known."""
        return {row["_id"]: row for row in self.rows.find(self.own(_id={"$in": sorted(listing_ids)}))}


INDEXES = {
    "contacts": [
        IndexModel([("agency_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("search_keys", 1)]),
        IndexModel([("agency_id", 1), ("typo_keys", 1)]),
        IndexModel([("agency_id", 1), ("email_key", 1)]),
        IndexModel([("agency_id", 1), ("phone", 1)]),
        IndexModel([("agency_id", 1), ("stage", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("agent_member_id", 1), ("_id", -1)]),
    ],
    "consents": [IndexModel([("agency_id", 1), ("contact_id", 1), ("_id", -1)])],
    "timeline": [IndexModel([("agency_id", 1), ("contact_id", 1), ("at", -1), ("_id", -1)])],
    "tombstones": [],
    "agencies": [],
    "members": [],
    "listings": [],
}


def to_document(contact: Contact) -> dict[str, Any]:
    """The document of a contact, with its search keys."""
    names = [getattr(contact, name) for name in _NAMES]
    return (
        {"_id": contact.id}
        | {name: getattr(contact, name) for name in _FIELDS}
        | {
            "consents": [asdict(consent) for consent in contact.consents],
            "email_key": email_key(contact.email),
            "search_keys": person_search.search_keys(names, contact.email, contact.phone),
            "typo_keys": person_search.typo_keys(names),
        }
    )


def from_document(document: dict[str, Any]) -> Contact:
    """The contact of a document."""
    facts = {name: document[name] for name in _FIELDS if name in document}
    return Contact(id=document["_id"], consents=[Consent(**row) for row in document["consents"]], **facts)


def reachable(contact: Contact) -> dict[str, Any]:
    """Name and addresses by channel, as the event carries them; nothing is verified yet."""
    values = {"email": contact.email, "phone": contact.phone, "sms": contact.phone}
    addresses = {channel: {"value": value, "verified": False} for channel, value in values.items() if value}
    return {"full_name": contact.full_name, "addresses": addresses}


def consent_to_wire(contact_id: str, consent: Consent) -> dict[str, Any]:
    """A consent as events carry it."""
    names = ("purpose", "channel", "state", "wording_version", "source")
    said = {name: getattr(consent, name) for name in names}
    return {"contact_id": contact_id, **said, "at": consent.at.isoformat().replace("+00:00", "Z")}


def _entries(contact: Contact, by: str) -> list[Line]:
    entries: list[tuple[str, dict[str, Any]]] = []
    if contact.version == 0:
        entries.append(("contact_created", {"source": contact.source} if contact.source else {}))
    for change in contact.changes:
        if change.field in ("stage", "agent_member_id"):
            kind = "stage_changed" if change.field == "stage" else "agent_changed"
            entries.append((kind, {"previous": change.previous, "new": change.new}))
    about = {"contact_id": contact.id, "by": by}
    lines: list[Line] = [{"_id": new_id(), "kind": kind, "figures": figures, **about} for kind, figures in entries]
    for said in contact.given:
        figures = {"purpose": said.purpose, "channel": said.channel}
        lines.append({"_id": new_id(), "kind": f"consent_{said.state}", "figures": figures, "at": said.at, **about})
    return lines


def _begins(need: str) -> dict[str, Any]:
    return {"search_keys": {"$regex": f"^{re.escape(need)}"}}


def _all_begin(wanted: list[str]) -> dict[str, Any]:
    return {"$and": [_begins(need) for need in wanted]}


def _ranked(people: list[Contact], wanted: list[str]) -> list[Contact]:
    return sorted(people, key=lambda p: -person_search.closeness(wanted, [getattr(p, name) for name in _NAMES]))
