"""Takes the demo data out of every service's database and out of the mail catcher, and nothing else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from pymongo.database import Database

from deploy.local.demo.accounts import PROGRAM
from deploy.local.demo.state import OPERATOR_EMAIL
from deploy.local.demo.world import agencies
from shared.http import idempotency
from shared.http.links import address_print
from shared.messaging import dead_entries, outbox
from shared.messaging.inbox import INBOX
from shared.running.services import SERVICES
from shared.running.settings import Settings
from shared.storage.mongo import connect, database

ROOMS = ("new", "cur")
CALM_SECONDS = 1.5
PASSES = 40


@dataclass
class Removed:
    """How many documents were removed, by collection, and how many mails."""

    documents: dict[str, int] = field(default_factory=dict)
    mails: int = 0

    @property
    def total(self) -> int:
        """The total."""
        return sum(self.documents.values()) + self.mails

    def count(self, name: str, number: int) -> None:
        """Add to one collection's number."""
        if number:
            self.documents[name] = self.documents.get(name, 0) + number


def remove(settings: Settings, known: Iterable[str] = (), calm_seconds: float = CALM_SECONDS) -> Removed:
    """Remove everything, repeatedly until events still on their way have arrived and been removed too.

    `known` are ids of demo agencies from an earlier run, whose admins may be gone already.
    """
    client = connect(settings.mongo_url, "demo.remove")
    databases = {service: database(client, settings.database(service)) for service in SERVICES}
    ids = sorted({*known, *_agency_ids(databases["gateway"])})
    removed = Removed()
    try:
        for _ in range(PASSES):
            before = removed.total
            _documents(databases, ids, settings.secret_key, removed)
            removed.mails += _mails(settings.mail_dir)
            if removed.total == before:
                break
            time.sleep(calm_seconds)
    finally:
        client.close()
    return removed


def _agency_ids(gateway: Database[Any]) -> list[str]:
    """The agencies that the demo's admins work for: an address belongs to one person of the platform."""
    emails = [agency.admin["email"] for agency in agencies()]
    return [row["agency_id"] for row in gateway.members.find({"email_key": {"$in": emails}}, {"agency_id": 1})]


def _documents(databases: dict[str, Database[Any]], ids: list[str], secret: str, removed: Removed) -> None:
    # the operator's own rows belong to no agency
    _operator(databases["gateway"], removed)
    members = [row["_id"] for row in databases["gateway"].members.find({"agency_id": {"$in": ids}}, {"_id": 1})]
    _delete(databases["gateway"], "sessions", {"member_id": {"$in": members}}, removed)
    _suppressions(databases["notifications"], ids, secret, removed)
    for db in databases.values():
        entries = [row["_id"] for row in db[INBOX].find({"agency_id": {"$in": ids}}, {"_id": 1})]
        _delete(db, dead_entries.AUDIT, {"entry_id": {"$in": entries}}, removed)
        for name in db.list_collection_names():
            _delete(db, name, {"agency_id": {"$in": ids}}, removed)
        _delete(db, outbox.OUTBOX, _begins("aggregate", ids), removed)
        _delete(db, idempotency.KEYS, _begins("_id", ids), removed)


def _operator(gateway: Database[Any], removed: Removed) -> None:
    found = gateway.members.find_one({"email_key": OPERATOR_EMAIL, "role": "operator"}, {"_id": 1})
    if found:
        _delete(gateway, "sessions", {"member_id": found["_id"]}, removed)
        _delete(gateway, "members", {"_id": found["_id"]}, removed)
    ours = {"agency_id": "", "name": PROGRAM}
    programs = [f"/{row['_id']}" for row in gateway.api_clients.find(ours, {"_id": 1})]
    _delete(gateway, idempotency.KEYS, _begins("_id", programs), removed)
    _delete(gateway, "api_clients", ours, removed)


def _suppressions(notifications: Database[Any], ids: list[str], secret: str, removed: Removed) -> None:
    """Suppressed addresses are kept as hashes only, and belong to no agency."""
    people = notifications.reachable.find({"agency_id": {"$in": ids}, "addresses.email": {"$exists": True}})
    prints = [address_print(secret, person["addresses"]["email"]["value"]) for person in people]
    _delete(notifications, "suppressions", {"_id": {"$in": prints}}, removed)


def _begins(name: str, ids: Iterable[str]) -> dict[str, Any]:
    return {name: {"$in": [re.compile(f"^{re.escape(agency_id)}/") for agency_id in ids]}}


def _delete(db: Database[Any], name: str, query: dict[str, Any], removed: Removed) -> None:
    removed.count(f"{db.name}.{name}", db[name].delete_many(query).deleted_count)


def _mails(mail_dir: str) -> int:
    """Delete the mails of the demo agencies; only they use these addresses."""
    senders = {agency.facts["from_address"] for agency in agencies()}
    paths = [path for room in ROOMS for path in (Path(mail_dir) / room).glob("*")] if mail_dir else []
    ours = [path for path in paths if _sender(path) in senders]
    for path in ours:
        path.unlink(missing_ok=True)
    return len(ours)


def _sender(path: Path) -> str:
    with path.open("rb") as mail:
        return parseaddr(str(BytesHeaderParser(policy=default).parse(mail)["From"]))[1]
