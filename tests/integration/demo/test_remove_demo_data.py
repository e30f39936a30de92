"""The demo's homes, people, wishes, events and mails go; another agency's stay, to the last document."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from bson import json_util
from pymongo import MongoClient

from deploy.local.demo.accounts import PROGRAM
from deploy.local.demo.homes import homes_of
from deploy.local.demo.people import people_of
from deploy.local.demo.remove import remove
from deploy.local.demo.state import OPERATOR_EMAIL
from deploy.local.demo.wishes import wishes_of
from deploy.local.demo.world import agencies
from services.notifications.people.store import PeopleStore
from shared.running.services import SERVICES
from shared.running.settings import Settings
from tests.integration.rooms import Room, open_room
from tests.issuer import test_settings as settings_of

DEMO, OTHER = "demo-agency", "other-agency"
SMALL = agencies()[1]
Documents = dict[str, list[dict[str, Any]]]
KEPT_BY_SETUP = ("leases", "processes", "rates")


@pytest.fixture
def settings(mongo_url: str, mongo_prefix: str, amqp_url: str, tmp_path: Path) -> Settings:
    mail = tmp_path / "mail"
    return settings_of(mongo_url=mongo_url, mongo_db_prefix=mongo_prefix, amqp_url=amqp_url, mail_dir=str(mail))


@pytest.fixture
def rooms(settings: Settings, tmp_path: Path) -> dict[str, Room]:
    where = (settings.mongo_url, settings.mongo_db_prefix, settings.amqp_url)
    names = ("leads", "properties", "matching", "notifications")
    key = settings.secret_key
    return {name: open_room(name, folder(tmp_path, name), *where, secret_key=key) for name in names}


def folder(base: Path, name: str) -> Path:
    made = base / name
    made.mkdir()
    return made


def fill(rooms: dict[str, Room], settings: Settings, agency_id: str, admin: str, sender: str) -> None:
    """A little of everything that an agency leaves behind."""
    homes, people = homes_of(SMALL), people_of(SMALL)
    key: dict[str, Any] = {"headers": {"Idempotency-Key": agency_id}, "agency": agency_id}
    contact = rooms["leads"].call("POST", "/v1/contacts", json=people[0].body, **key)
    assert contact.status_code == 201
    assert rooms["properties"].call("POST", "/v1/listings", json=homes[0].body, **key).status_code == 201
    wish = wishes_of(SMALL, homes, people)[0].body | {"contact_id": contact.json["id"]}
    assert rooms["matching"].call("POST", "/v1/saved-searches", json=wish, **key).status_code == 201
    reach = {"full_name": "Ana", "addresses": {"email": {"value": f"a@{agency_id}.example.com", "verified": False}}}
    rooms["notifications"].hear("leads.contact.reachable", f"c-{agency_id}", reach, agency_id=agency_id)
    people_store = PeopleStore(rooms["notifications"].db, settings.secret_key)
    people_store.suppress(reach["addresses"]["email"]["value"], "unsubscribed")  # type: ignore[index]
    with database_client(settings) as client:
        gateway = client[settings.database("gateway")]
        gateway.members.insert_one({"_id": f"m-{agency_id}", "agency_id": agency_id, "email_key": admin})
        gateway.sessions.insert_one({"_id": f"s-{agency_id}", "member_id": f"m-{agency_id}"})
        gateway.agencies.insert_one({"_id": agency_id, "agency_id": agency_id})
    mail = EmailMessage()
    mail["From"] = f"Somebody <{sender}>"
    new = Path(settings.mail_dir) / "new"
    new.mkdir(parents=True, exist_ok=True)
    (new / agency_id).write_bytes(mail.as_bytes())


def database_client(settings: Settings) -> MongoClient[dict[str, Any]]:
    return MongoClient(settings.mongo_url)


def everything(settings: Settings) -> Documents:
    """All documents of all services but what setup and running processes keep, by collection."""
    found: Documents = {}
    with database_client(settings) as client:
        for service in SERVICES:
            db = client[settings.database(service)]
            names = [name for name in db.list_collection_names() if name not in KEPT_BY_SETUP]
            found |= {f"{service}.{name}": list(db[name].find().sort("_id")) for name in names}
    return {name: rows for name, rows in found.items() if rows}


def test_all_of_the_demo_goes_and_nothing_else(rooms: dict[str, Room], settings: Settings) -> None:
    fill(rooms, settings, OTHER, "admin@somebody.example.com", "homes@somebody.example.com")
    before = everything(settings)
    fill(rooms, settings, DEMO, SMALL.admin["email"], SMALL.facts["from_address"])
    with database_client(settings) as client:
        gateway = client[settings.database("gateway")]
        gateway.members.insert_one({"_id": "o", "agency_id": "", "email_key": OPERATOR_EMAIL, "role": "operator"})
        gateway.api_clients.insert_one({"_id": "p", "agency_id": "", "name": PROGRAM})
        gateway.idempotency_keys.insert_one({"_id": "/p/some-key"})
    filled = everything(settings)
    assert set(filled) >= {"leads.contacts", "leads.outbox", "properties.ledger", "matching.searches"}
    assert {"notifications.inbox", "notifications.reachable", "leads.idempotency_keys"} <= set(filled)

    removed = remove(settings, calm_seconds=0)

    assert everything(settings) == before
    assert DEMO not in json_util.dumps(everything(settings))
    assert [mail.name for mail in (Path(settings.mail_dir) / "new").iterdir()] == [OTHER]
    assert removed.mails == 1
    assert sum(removed.documents.values()) == count(filled) - count(before)


def test_an_agency_known_from_before_goes_though_its_admin_is_gone_already(
    rooms: dict[str, Room], settings: Settings
) -> None:
    fill(rooms, settings, DEMO, "somebody.else@somebody.example.com", SMALL.facts["from_address"])
    assert remove(settings, calm_seconds=0).total == 1  # the mail alone: nobody says whose the rest is
    remove(settings, [DEMO], calm_seconds=0)
    assert everything(settings) == {}


def test_removing_what_is_not_there_removes_nothing(rooms: dict[str, Room], settings: Settings) -> None:
    fill(rooms, settings, OTHER, "admin@somebody.example.com", "homes@somebody.example.com")
    before = everything(settings)
    assert remove(settings, calm_seconds=0).total == 0
    assert everything(settings) == before


def count(documents: Documents) -> int:
    return sum(map(len, documents.values()))
