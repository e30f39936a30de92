"""People in MongoDB: language, addresses and consents, which decide whether they may be written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from services.notifications.people.groups import PeopleGroups
from services.notifications.people.model import EMAIL, PHONE, PURPOSES, USES, ContactRow, Person, ReachableRow
from shared.contracts.leads import ContactReachable
from shared.http.links import address_print
from shared.messaging.event import now
from shared.storage.mongo import Document, Projection, Query, gather

Rows = Sequence[Document]
# The consents to read before an alert, before any mail, and before mail or a call.
ALERT_CONSENTS = tuple(f"{purpose}:{EMAIL}" for purpose in PURPOSES["alerts"])
MAIL_CONSENTS = tuple(f"{purpose}:{EMAIL}" for purpose in sorted({p for use in USES for p in PURPOSES[use]}))
ALL_CONSENTS = (*MAIL_CONSENTS, f"service:{PHONE}")


class ContactStore(Projection):
    """Language, time zone and agent of a person; an erased one leaves a tombstone."""

    COLLECTION = "contacts"
    THING = "contact"

    def keep(self, document_id: str, data: Document, sequence: int) -> bool:
        """Keep the newest state, unless the person was erased."""
        return False if self.is_erased(document_id) else super().keep(document_id, data, sequence)

    def is_erased(self, contact_id: str) -> bool:
        """Whether the person was erased."""
        return self.rows.find_one({"_id": contact_id, "erased": True}, {"_id": 1}) is not None

    def erase(self, contact_id: str, sequence: int) -> None:
        """Replace the person by a tombstone."""
        row = self.own(erased=True, sequence=sequence, at=now())
        self.rows.replace_one({"_id": contact_id}, row, upsert=True)


class ReachableStore(Projection):
    """Names and addresses: the one collection of personal data here."""

    COLLECTION = "reachable"
    THING = "address"

    def everywhere(self, print_: str, limit: int) -> list[tuple[str, str]]:
        """The people with this address in every agency: pairs of agency and contact."""
        rows = self.rows.find({"address_print": print_}, {"agency_id": 1}).limit(limit)
        return [(row["agency_id"], row["_id"]) for row in rows]

    def forget(self, contact_id: str) -> None:
        """Delete the name and addresses of an erased person."""
        self.rows.delete_one(self.own(_id=contact_id))


class ConsentStore(Projection):
    """The latest consent state on each purpose and channel."""

    COLLECTION = "consents"
    THING = "consent"

    def forget(self, contact_id: str) -> None:
        """Delete the consents of an erased person."""
        self.rows.delete_many(self.own(contact_id=contact_id))


class PeopleStore:
    """All data that decides whether people may be written to, read together."""

    # Any: the driver's own document type
    def __init__(self, db: Any, key: str) -> None:
        self.db, self.key = db, key

    def of(self, agency_id: str, contact_ids: Iterable[str]) -> dict[str, Person]:
        """The known data of each of these people."""
        ids = list(contact_ids)
        return self.among(gather(self.db, self.queries(agency_id, ids)), ids)

    def queries(self, agency_id: str, ids: Sequence[str]) -> dict[str, Query]:
        """The queries for `among`."""
        people = {"agency_id": agency_id, "_id": {"$in": list(ids)}}
        keys = [f"{id_}:{consent}" for id_ in ids for consent in MAIL_CONSENTS]
        return {
            "contacts": Query("contacts", people),
            "reachable": Query("reachable", people, beside=("suppressions", "address_print")),
            "consents": Query("consents", people | {"_id": {"$in": keys}}),
        }

    def among(self, found: Mapping[str, Rows], ids: Iterable[str]) -> dict[str, Person]:
        """These people from the query results."""
        contacts = cast(dict[str, ContactRow], {row["_id"]: row for row in found["contacts"]})
        reachable = cast(dict[str, ReachableRow], {row["_id"]: row for row in found["reachable"]})
        suppressed = {row["_id"] for row in found["reachable"] if row["suppressions"]}
        said: dict[str, dict[str, str]] = {}
        for row in found["consents"]:
            said.setdefault(row["contact_id"], {})[f"{row['purpose']}:{row['channel']}"] = row["state"]
        return {id_: Person(contacts.get(id_), reachable.get(id_), said.get(id_, {}), id_ in suppressed) for id_ in ids}

    def groups(self, agency_id: str) -> PeopleGroups:
        """The people of an agency, to be read by the thousand."""
        return PeopleGroups(self.db, agency_id)

    def suppress(self, address: str, reason: str) -> None:
        """Never write to this address again; only its HMAC is kept."""
        row = {"reason": reason[:200], "at": now()}
        self.db.suppressions.update_one({"_id": address_print(self.key, address)}, {"$setOnInsert": row}, upsert=True)

    def fingerprint(self, person: ContactReachable) -> str:
        """The HMAC of a person's address, or nothing."""
        address = person.addresses.get(EMAIL)
        return address_print(self.key, address.value) if address else ""


def consent_id(contact_id: str, purpose: str, channel: str) -> str:
    """The key of the latest consent state on a purpose and channel."""
    return f"{contact_id}:{purpose}:{channel}"
