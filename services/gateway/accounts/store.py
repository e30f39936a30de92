"""Agencies, members, sessions and API clients in MongoDB, and what the live page shows."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any, TypeVar

from pymongo import IndexModel

from services.gateway.accounts.codes import EMAIL_TAKEN
from services.gateway.accounts.model import Agency, ApiClient, Member, Prospect, Session
from shared.errors import Conflict
from shared.messaging import outbox
from shared.messaging.event import now
from shared.storage.mongo import Duplicate, Projection, Store, put_newest
from shared.storage.paging import Page, next_page

T = TypeVar("T", Agency, Member, ApiClient)
NEVER_TOLD = frozenset(
    {"id", "agency_id", "version", "created_at", "changed_at", "email", "password_hash"}
    | {"language", "theme", "totp_secret", "totp_step"}
)
ACTIVITY_KEPT = timedelta(days=30)


class AgencyStore(Store):
    """Agencies; each is its own tenant, so it is opened for its own id."""

    COLLECTION = "agencies"
    THING = "agency"

    def get(self, agency_id: str) -> Agency:
        """One agency; NotFound when it is missing or another one's."""
        return _thing(Agency, self.document(agency_id))

    def face(self) -> Agency | None:
        """What this agency shows of itself; None when there is no such agency."""
        return _maybe(Agency, self.rows.find_one({"_id": self.agency_id}))

    def everybody(self, limit: int, cursor: str | None) -> Page:
        """All agencies of the platform, newest first: for its operator."""
        found = next_page(self.rows, {}, limit, cursor, "_id", descending=True)
        return Page([_thing(Agency, d) for d in found.items], found.next_cursor)

    def save(self, agency: Agency) -> None:
        """Write the agency and tell it."""
        before = _advance(agency)
        if before:
            self.replace(_document(agency), before)
        else:
            self.insert(_document(agency))
        told = {name: value for name, value in asdict(agency).items() if name not in NEVER_TOLD}
        outbox.record(self.db, "gateway", "gateway.agency.changed", agency.id, agency.id, agency.version, told)


class MemberStore(Store):
    """One agency's people; an e-mail address belongs to one person of the whole platform."""

    COLLECTION = "members"
    THING = "member"

    def get(self, member_id: str) -> Member:
        """One member; NotFound when it is missing or another agency's."""
        return _thing(Member, self.document(member_id))

    def by_id(self, member_id: str) -> Member | None:
        """The member of a session, of whatever agency."""
        return _maybe(Member, self.rows.find_one({"_id": member_id}))

    def by_email(self, key: str) -> Member | None:
        """Whose address this is, of whatever agency."""
        return _maybe(Member, self.rows.find_one({"email_key": key}))

    def listed(self, limit: int, cursor: str | None) -> Page:
        """A page of this agency's members, newest first."""
        found = self.page({}, limit, cursor)
        return Page([_thing(Member, d) for d in found.items], found.next_cursor)

    def other_admins(self, member_id: str) -> int:
        """How many other active admins the agency has."""
        return self.rows.count_documents(self.own(role="admin", active=True, _id={"$ne": member_id}))

    def save(self, member: Member) -> None:
        """Write the member and tell it, without the address; an operator belongs to no agency and is not told."""
        before = _advance(member)
        document = _document(member) | {"email_key": member.email_key}
        try:
            if before:
                self.replace(document, before)
            else:
                self.insert(document)
        except Duplicate:
            raise Conflict(EMAIL_TAKEN(), {"email": [EMAIL_TAKEN()]}) from None
        if member.agency_id:
            told = {name: value for name, value in asdict(member).items() if name not in NEVER_TOLD}
            told["member_id"] = member.id
            outbox.record(self.db, "gateway", "gateway.member.changed", self.agency_id, member.id, member.version, told)

    def prefer(self, member_id: str, **chosen: str) -> None:
        """Keep how somebody wants to see pages; it concerns nobody else."""
        self.rows.update_one({"_id": member_id}, {"$set": chosen})

    def keep_second_step(self, member_id: str, secret: str | None, step: int) -> None:
        """Keep the secret that codes are made with, or none any more, and the last step that was used."""
        self.rows.update_one({"_id": member_id}, {"$set": {"totp_secret": secret, "totp_step": step}})

    def use_code(self, member_id: str, step: int) -> bool:
        """Mark a code's step as used; False when it, or a later one, was used already."""
        found = self.rows.update_one({"_id": member_id, "totp_step": {"$lt": step}}, {"$set": {"totp_step": step}})
        return found.modified_count == 1

    def rehash(self, member_id: str, password_hash: str) -> None:
        """Keep the same password under today's parameters; nobody else needs to know."""
        self.rows.update_one({"_id": member_id}, {"$set": {"password_hash": password_hash}})


class ClientStore(Store):
    """One agency's programs."""

    COLLECTION = "api_clients"
    THING = "API client"

    def get(self, client_id: str) -> ApiClient:
        """One client; NotFound when it is missing or another agency's."""
        return _thing(ApiClient, self.document(client_id))

    def by_id(self, client_id: str) -> ApiClient | None:
        """A client that shows its id, of whatever agency."""
        return _maybe(ApiClient, self.rows.find_one({"_id": client_id}))

    def listed(self, limit: int, cursor: str | None) -> Page:
        """A page of this agency's clients, newest first."""
        found = self.page({}, limit, cursor)
        return Page([_thing(ApiClient, d) for d in found.items], found.next_cursor)

    def add(self, client: ApiClient) -> None:
        """Write a new client."""
        self.insert(_document(client))

    def used(self, client_id: str, at: datetime) -> None:
        """Keep when a client last asked for a token, to the minute."""
        earlier = {"$not": {"$gt": at - timedelta(minutes=1)}}
        self.rows.update_one({"_id": client_id, "last_used_at": earlier}, {"$set": {"last_used_at": at}})

    def revoke(self, client_id: str, at: datetime) -> None:
        """End a client; ending it again changes nothing."""
        self.rows.update_one(self.own(_id=client_id, revoked_at=None), {"$set": {"revoked_at": at}})


class SessionStore(Store):
    """Signed-in browsers, by the hash of their cookie."""

    COLLECTION = "sessions"
    THING = "session"

    def find(self, session_id: str) -> Session | None:
        """The session, over or not."""
        found = self.rows.find_one({"_id": session_id})
        if found is None:
            return None
        waits, prospect = found.get("waits_for_code", False), found.get("prospect")
        whose = Prospect(**prospect) if prospect else None
        return Session(session_id, found["member_id"], found["created_at"], found["seen_at"], waits, whose)

    def open(self, session: Session) -> None:
        """Write a new session."""
        row = asdict(session) | {"_id": session.id, "expire_at": session.ends_at}
        row.pop("id")
        self.rows.insert_one(row)

    def touch(self, session: Session) -> None:
        """Write down that it was used."""
        self.rows.update_one({"_id": session.id}, {"$set": {"seen_at": session.seen_at, "expire_at": session.ends_at}})

    def close(self, session_id: str) -> None:
        """End one session."""
        self.rows.delete_one({"_id": session_id})

    def close_all(self, member_id: str, but: str = "") -> None:
        """End every session of a member, but perhaps one."""
        self.rows.delete_many({"member_id": member_id, "_id": {"$ne": but}})

    def of_member(self, member_id: str) -> list[dict[str, Any]]:
        """A member's sessions that are not over, the last used first."""
        query = {"member_id": member_id, "waits_for_code": {"$ne": True}, "expire_at": {"$gt": now()}}
        return list(self.rows.find(query).sort("seen_at", -1))

    def describe(self, session_id: str, place: str, browser: str) -> None:
        """Keep where a session was opened, for its owner to know it again."""
        self.rows.update_one({"_id": session_id}, {"$set": {"place": place, "browser": browser}})

    def prefer(self, session_id: str, **chosen: str) -> None:
        """Keep how a prospect wants to see pages; members keep it on themselves."""
        changes = {f"prospect.{name}": value for name, value in chosen.items()}
        self.rows.update_one({"_id": session_id, "prospect": {"$ne": None}}, {"$set": changes})

    def close_prospect(self, agency_id: str, contact_id: str) -> None:
        """End every session of a prospect."""
        self.rows.delete_many({"prospect.contact_id": contact_id, "prospect.agency_id": agency_id})


class UsedLinkStore(Store):
    """Links that opened a session already, and people whose links open none any more."""

    COLLECTION = "used_links"
    THING = "link"

    def use(self, key: str, until: datetime) -> bool:
        """Use a link up; False when it was used before."""
        try:
            self.insert({"_id": f"{self.agency_id}/{key}", "expire_at": until})
        except Duplicate:
            return False
        return True

    def shut(self, contact_id: str, until: datetime) -> None:
        """Let no link of this person open anything."""
        row = self.own(expire_at=until)
        self.rows.replace_one({"_id": f"{self.agency_id}/person {contact_id}"}, row, upsert=True)

    def is_open(self, key: str, contact_id: str) -> bool:
        """Whether this link was not used yet, and this person's links open something."""
        keys = [f"{self.agency_id}/{key}", f"{self.agency_id}/person {contact_id}"]
        return self.rows.find_one({"_id": {"$in": keys}}, {"_id": 1}) is None


class ListingView(Projection):
    """Listings as properties told them, for the live page and the public ones."""

    COLLECTION = "listings"
    THING = "home"

    def anywhere(self, listing_id: str) -> dict[str, Any] | None:
        """A home of whatever agency: for its public page."""
        return self.rows.find_one({"_id": listing_id})

    def some(self, ids: list[str]) -> dict[str, dict[str, Any]]:
        """Several homes by id."""
        return {row["_id"]: row for row in self.rows.find(self.own(_id={"$in": ids}))}


class ActivityView(Store):
    """What happened lately, one row for each home, batch of matches and delivery."""

    COLLECTION = "activity"
    THING = "line"

    def tell(self, row_id: str, kind: str, sequence: int, at: datetime, **facts: Any) -> None:
        """Keep this line unless a newer one about the same thing is here."""
        key = {"_id": f"{self.agency_id}/{row_id}"}
        row = self.own(kind=kind, sequence=sequence, at=at, expire_at=now() + ACTIVITY_KEPT, **facts)
        put_newest(self.rows, key, row)

    def set_aside(self, member_id: str, pair: str, until: datetime | None) -> None:
        """Show a pair no more to somebody, or not before then; `pair` is listing/contact."""
        key = f"{self.agency_id}/{member_id}/{pair}"
        row = self.own(_id=key, member_id=member_id, pair=pair, contact_id=pair.partition("/")[2])
        self.db.set_aside.replace_one({"_id": key}, row | {"expire_at": until or now() + ACTIVITY_KEPT}, upsert=True)

    def aside(self, member_id: str) -> set[str]:
        """The pairs that somebody does not want to see now."""
        query = self.own(member_id=member_id, expire_at={"$gt": now()})
        return {row["pair"] for row in self.db.set_aside.find(query, {"pair": 1})}

    def forget(self, contact_id: str) -> None:
        """Drop what speaks of a person."""
        for rows in (self.rows, self.db.set_aside):
            rows.delete_many(self.own(contact_id=contact_id))

    def latest(self, kind: str, limit: int) -> list[dict[str, Any]]:
        """The newest lines of one kind."""
        return list(self.rows.find(self.own(kind=kind)).sort([("at", -1), ("_id", -1)]).limit(limit))

    def deliveries(self, since: datetime, states: tuple[str, ...]) -> dict[str, int]:
        """How many deliveries came to each of these states since then; told by an index alone."""
        query = self.own(kind="delivery", state={"$in": list(states)}, at={"$gte": since})
        rows = self.rows.aggregate([{"$match": query}, {"$group": {"_id": "$state", "n": {"$sum": 1}}}])
        return dict.fromkeys(states, 0) | {row["_id"]: row["n"] for row in rows}


INDEXES: dict[str, list[IndexModel]] = {
    "changes": [IndexModel([("agency_id", 1), ("_id", -1)]), IndexModel([("expire_at", 1)], expireAfterSeconds=0)],
    "invitations": [
        IndexModel([("agency_id", 1), ("member_id", 1)]),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
    "sign_ins": [
        IndexModel([("agency_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("member_id", 1), ("_id", -1)]),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
    "agencies": [],
    "members": [
        IndexModel([("email_key", 1)], unique=True),
        IndexModel([("agency_id", 1), ("_id", -1)]),
    ],
    "api_clients": [IndexModel([("agency_id", 1), ("_id", -1)])],
    "sessions": [
        IndexModel([("member_id", 1)]),
        IndexModel([("prospect.contact_id", 1)], sparse=True),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
    "used_links": [IndexModel([("expire_at", 1)], expireAfterSeconds=0)],
    "listings": [IndexModel([("agency_id", 1), ("_id", -1)])],
    "activity": [
        IndexModel([("agency_id", 1), ("kind", 1), ("at", -1), ("_id", -1)]),
        IndexModel(
            [("agency_id", 1), ("kind", 1), ("state", 1), ("at", -1)], partialFilterExpression={"kind": "delivery"}
        ),
        IndexModel([("agency_id", 1), ("contact_id", 1)], partialFilterExpression={"contact_id": {"$exists": True}}),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
    "set_aside": [
        IndexModel([("agency_id", 1), ("member_id", 1)]),
        IndexModel([("agency_id", 1), ("contact_id", 1)]),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
}


def _advance(thing: Agency | Member) -> int:
    """Step to the next version; returns the one before."""
    before, moment = thing.version, now()
    thing.version, thing.changed_at = before + 1, moment
    thing.created_at = thing.created_at or moment
    return before


def _document(thing: Any) -> dict[str, Any]:
    document = asdict(thing)
    return {"_id": document.pop("id"), **document}


def _thing(kind: type[T], document: dict[str, Any]) -> T:
    names = {f.name for f in fields(kind)} - {"id"}
    return kind(id=document["_id"], **{name: document[name] for name in names if name in document})


def _maybe(kind: type[T], document: dict[str, Any] | None) -> T | None:
    return None if document is None else _thing(kind, document)
