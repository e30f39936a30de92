"""Use cases of leads: load, decide, save."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.leads import codes, timeline
from services.leads.addresses import normal_phone, region_of, time_zones
from services.leads.model import Consent, ConsentWord, Contact, Facts, LogEntry, RuleBroken
from services.leads.store import (
    AgencyStore,
    ContactStore,
    Duplicate,
    HomeStore,
    LedgerStore,
    MemberStore,
    TimelineStore,
)
from shared.contracts.gateway import AgencyChanged, MemberChanged
from shared.contracts.properties import ListingState
from shared.errors import Forbidden, Invalid, NotFound
from shared.messaging.event import Event, now
from shared.running.context import new_id
from shared.vocabulary.i18n import LANGUAGES

CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class Deps:
    """The dependencies of the use cases."""

    contacts: ContactStore
    ledger: LedgerStore
    timeline: TimelineStore
    agencies: AgencyStore
    members: MemberStore
    homes: HomeStore


def add_contact(
    deps: Deps, agency_id: str, data: Facts, member_id: str | None = None, by: str = ""
) -> tuple[Contact, list[Duplicate]]:
    """Add a person; also returns people who may be the same, without refusing: a couple may share an address."""
    facts = {**_defaults(deps, agency_id, data), **data}
    said = facts.pop("consents", ())
    if member_id and not facts.get("agent_member_id"):
        facts["agent_member_id"] = member_id
    else:
        _refuse_strangers(deps, agency_id, facts)
    contact = Contact(id=new_id(), agency_id=agency_id, **_with_phone(deps, agency_id, facts, facts.get("country")))
    for word in said:
        contact.note(_consent(word, by))
    store = deps.contacts.of(agency_id)
    store.save(contact, by=by)
    return contact, store.duplicates_of(contact)


def change_contact(
    deps: Deps, agency_id: str, contact_id: str, facts: Facts, expected_version: int, by: str = ""
) -> Contact:
    """Correct facts, change the stage, hand the person over to another agent."""
    store = deps.contacts.of(agency_id)
    contact = store.get(contact_id)
    _refuse_strangers(deps, agency_id, facts)
    country = facts.get("country", contact.country)
    with _naming():
        contact.change(_with_phone(deps, agency_id, facts, country))
    store.save(contact, expected_version, by)
    return contact


def record_consent(
    deps: Deps, agency_id: str, contact_id: str, word: ConsentWord, by: str = ""
) -> tuple[Contact, Consent]:
    """Record that a person agreed or withdrew it."""
    store = deps.contacts.of(agency_id)
    contact = store.get(contact_id)
    consent = _consent(word, by)
    contact.note(consent)
    store.save(contact, by=by)
    return contact, consent


def erase_contact(
    deps: Deps, agency_id: str, contact_id: str, ground: str, member_id: str | None, everybodys: bool
) -> datetime:
    """Erase a person; `everybodys` allows it for any person (managers, admins, the person), else only for the
    agent's own.
    """
    store = deps.contacts.of(agency_id)
    contact = store.get(contact_id)
    if not everybodys and (member_id is None or contact.agent_member_id != member_id):
        raise Forbidden("Only the contact's own agent, a manager or an admin may erase a contact.")
    return store.erase(contact, ground)


def log(deps: Deps, agency_id: str, contact_id: str, said: LogEntry, by: str) -> timeline.Line:
    """Record a call or a note on a person's timeline."""
    deps.contacts.of(agency_id).get(contact_id)
    if not deps.contacts.of(agency_id).touch([contact_id]):
        raise NotFound("There is no contact with this id.")
    about = {"listing_id": said["listing_id"]} if said["listing_id"] else {}
    next_on = said["next_on"].isoformat() if said["next_on"] else None
    figures = {"text": said["text"].strip(), "outcome": said["outcome"], "next_on": next_on}
    stated = {name: value for name, value in figures.items() if value}
    line = {"_id": new_id(), "contact_id": contact_id, "kind": said["kind"], "at": now(), "by": by, "figures": stated}
    deps.timeline.of(agency_id).append([line | about])
    return line | about


def keep_agency(deps: Deps, event: Event[AgencyChanged]) -> None:
    """Store an agency's defaults."""
    deps.agencies.of(event.agency_id).keep(event.agency_id, event.raw, event.sequence)


def keep_member(deps: Deps, event: Event[MemberChanged]) -> None:
    """Store who works at the agency."""
    member = event.data
    known = {"display_name": member.display_name, "role": member.role, "active": member.active}
    deps.members.of(event.agency_id).keep(member.member_id, known, event.sequence)


def keep_listing(deps: Deps, event: Event[ListingState]) -> None:
    """Store the fields of a listing that timelines show."""
    deps.homes.of(event.agency_id).keep(event.subject, timeline.home(event.data), event.sequence)


# Any: every event that becomes a line of a timeline
def enter(deps: Deps, event: Event[Any]) -> None:
    """Add an event to the timelines of the people concerned, except erased ones."""
    lines = timeline.lines(event)
    here = deps.contacts.of(event.agency_id).touch(line["contact_id"] for line in lines)
    deps.timeline.of(event.agency_id).append([line for line in lines if line["contact_id"] in here])


def _defaults(deps: Deps, agency_id: str, data: Facts) -> dict[str, str | None]:
    """Fill in the agency's language and time zone where the person's own are not stated."""
    found: dict[str, str | None] = {}
    missing = {"language", "time_zone"} - set(data)
    if missing:
        agency = deps.agencies.of(agency_id).defaults()
        known = {"language": agency.get("languages", ()), "time_zone": [agency.get("time_zone")]}
        ours = {"language": LANGUAGES, "time_zone": time_zones()}
        found = {name: next((word for word in known[name] if word in ours[name]), None) for name in missing}
    if unstated := sorted(name for name in missing if found[name] is None):
        raise Invalid("Language and time zone are required.", {name: [codes.NO_DEFAULT()] for name in unstated})
    return found


def _refuse_strangers(deps: Deps, agency_id: str, facts: Facts) -> None:
    member_id = facts.get("agent_member_id")
    if member_id and not deps.members.of(agency_id).has(member_id):
        raise Invalid("There is no member with this id.", {"agent_member_id": [codes.UNKNOWN_MEMBER()]})


def _with_phone(deps: Deps, agency_id: str, facts: Facts, country: str | None) -> Facts:
    """The facts with the number in E.164, and the number as typed beside it."""
    typed = facts.get("phone")
    if "phone" not in facts:
        return dict(facts)
    region = country or region_of(deps.agencies.of(agency_id).defaults().get("time_zone"))
    with _naming():
        number = normal_phone(typed, region) if typed else None
    return {**facts, "phone": number, "phone_as_typed": typed}


def _consent(word: ConsentWord, by: str) -> Consent:
    moment = now()
    said_at = word.get("at") or moment
    if said_at > moment + CLOCKS_DIFFER:
        raise Invalid("Consent cannot be given in the future.", {"at": [codes.IN_THE_FUTURE()]})
    return Consent(
        purpose=word["purpose"],
        channel=word["channel"],
        state=word["state"],
        source=word["source"],
        at=min(said_at, moment),
        recorded_at=moment,
        wording_version=word.get("wording_version"),
        by=by,
    )


@contextmanager
def _naming() -> Iterator[None]:
    """Turn a broken rule into a refusal that names its field."""
    try:
        yield
    except RuleBroken as broken:
        raise Invalid("Some fields are wrong.", {broken.field: [broken.error]}) from None
