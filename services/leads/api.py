"""The HTTP API of leads: each view loads the schema, calls one use case, and returns a reply."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from services.leads import handlers
from services.leads.model import ConsentWord, Contact, Facts, LogEntry
from services.leads.schemas import (
    ConsentIn,
    ConsentOut,
    ConsentsNow,
    ContactIn,
    ContactMade,
    ContactOut,
    ContactPatch,
    ContactQuery,
    DuplicateQuery,
    Erasure,
    ErasureIn,
    Logged,
    PossibleDuplicates,
    SelfOut,
    SelfPatch,
    TimelineLine,
    TimelineQuery,
)
from services.leads.store import Duplicate
from services.leads.timeline import Line
from shared.contracts.base import CHANNELS, PURPOSES
from shared.errors import NotFound
from shared.http.auth import policy, principal
from shared.http.claims import STAFF
from shared.http.schemas import PageQuery, page_of
from shared.http.web import (
    Blueprint,
    Versioned,
    agency_id,
    dependencies_of,
    expected_version,
    mentions,
    versioned,
    writes,
)
from shared.storage.paging import Page

deps = dependencies_of(handlers.Deps)
blp = Blueprint("contacts", __name__, url_prefix="/v1/contacts", description="People and what they agreed to.")


class ConsentNow(TypedDict):
    """The present consent for one purpose and channel."""

    purpose: str
    channel: str
    state: str
    allowed: bool
    at: datetime | None


SELF = (*STAFF, "prospect", "service")


@blp.route("", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(ContactIn)
@blp.response(201, ContactMade)
def create_contact(data: Facts) -> Versioned:
    """Add a person; the reply lists people who may be the same one.

    A contact added by an agent belongs to that agent by default.
    """
    who = principal()
    mine = who.member_id if who.role == "agent" else None
    contact, duplicates = handlers.add_contact(deps(), agency_id(), data, mine, _who())
    mentions(contact.id, *(other["id"] for other in duplicates))
    made = {**vars(contact), "possible_duplicates": duplicates}
    return versioned(made, contact.version, f"/v1/contacts/{contact.id}")


@blp.route("")
@policy(*STAFF)
@blp.arguments(ContactQuery, location="query")
@blp.response(200, page_of(ContactOut))
def list_contacts(query: Facts) -> Page:
    """List, filter and search contacts: newest first, with `q` the best matches first."""
    filters = {name: value for name, value in query.items() if name not in ("limit", "cursor")}
    return deps().contacts.of(agency_id()).search(filters, query["limit"], query["cursor"])


@blp.route("/duplicates")
@policy(*STAFF)
@blp.arguments(DuplicateQuery, location="query")
@blp.response(200, PossibleDuplicates)
def list_duplicates(query: dict[str, str]) -> dict[str, list[Duplicate]]:
    """List the people with this telephone or e-mail, while a member types a new contact."""
    return {"items": deps().contacts.of(agency_id()).duplicates_among(**query)}


@blp.route("/<contact_id>")
@policy(*STAFF)
@blp.response(200, ContactOut)
def show_contact(contact_id: str) -> Versioned:
    """Show one person."""
    contact = deps().contacts.of(agency_id()).get(contact_id)
    return versioned(contact, contact.version)


@blp.route("/<contact_id>", methods=["PATCH"])
@policy(*STAFF)
@writes
@blp.arguments(ContactPatch)
@blp.response(200, ContactOut)
def change_contact(facts: Facts, contact_id: str) -> Versioned:
    """Correct facts; needs If-Match."""
    contact = handlers.change_contact(deps(), agency_id(), contact_id, facts, expected_version(), _who())
    return versioned(contact, contact.version)


@blp.route("/<contact_id>/self")
@policy(*SELF)
@blp.response(200, SelfOut)
def show_self(contact_id: str) -> Versioned:
    """Show a person's own data to that person."""
    contact = deps().contacts.of(agency_id()).get(_allowed(contact_id))
    return versioned(contact, contact.version)


@blp.route("/<contact_id>/self", methods=["PATCH"])
@policy(*SELF)
@writes
@blp.arguments(SelfPatch)
@blp.response(200, SelfOut)
def change_self(facts: Facts, contact_id: str) -> Versioned:
    """Change the facts that people may change about themselves; needs If-Match."""
    id_ = _allowed(contact_id)
    contact = handlers.change_contact(deps(), agency_id(), id_, facts, expected_version(), _who())
    return versioned(contact, contact.version)


@blp.route("/<contact_id>/erasure", methods=["POST"])
@policy(*STAFF, "prospect")
@writes
@blp.arguments(ErasureIn)
@blp.response(200, Erasure)
def erase_contact(data: dict[str, str], contact_id: str) -> dict[str, object]:
    """Erase a person everywhere, for good; allowed to that person, managers, admins and the person's own agent."""
    who, id_ = principal(), _allowed(contact_id)
    everybodys = who.role in ("manager", "admin", "prospect")
    at = handlers.erase_contact(deps(), agency_id(), id_, data["ground"], who.member_id, everybodys)
    return {"id": contact_id, "erased_at": at}


@blp.route("/<contact_id>/consents", methods=["POST"])
@policy(*SELF)
@writes
@blp.arguments(ConsentIn)
@blp.response(201, ConsentOut)
def record_consent(word: ConsentWord, contact_id: str) -> Versioned:
    """Record that a person agreed or withdrew it; people themselves may do so for themselves only."""
    contact, consent = handlers.record_consent(deps(), agency_id(), _allowed(contact_id), word, _who())
    mentions(contact.id)
    return versioned(consent, contact.version)


@blp.route("/<contact_id>/consents")
@policy(*SELF)
@blp.arguments(PageQuery, location="query")
@blp.response(200, page_of(ConsentOut))
def list_consents(query: Facts, contact_id: str) -> Page:
    """List every consent and withdrawal of a person, the last recorded first."""
    deps().contacts.of(agency_id()).get(_allowed(contact_id))
    page: Page = deps().ledger.of(agency_id()).history(contact_id, **query)
    return page


@blp.route("/<contact_id>/consents/current")
@policy(*SELF)
@blp.response(200, ConsentsNow)
def show_consents(contact_id: str) -> dict[str, list[ConsentNow]]:
    """Show the present consent for every purpose on every channel."""
    contact = deps().contacts.of(agency_id()).get(_allowed(contact_id))
    pairs = [(purpose, channel) for purpose in PURPOSES for channel in CHANNELS]
    return {"items": [_now(contact, purpose, channel) for purpose, channel in pairs]}


@blp.route("/<contact_id>/timeline")
@policy(*STAFF)
@blp.arguments(TimelineQuery, location="query")
@blp.response(200, page_of(TimelineLine))
def show_timeline(query: Facts, contact_id: str) -> Page:
    """List what happened with a person, newest first: wishes, homes that match or no longer do, mails, consents."""
    deps().contacts.of(agency_id()).get(contact_id)
    return deps().timeline.of(agency_id()).of_contact(contact_id, query["kind"], query["limit"], query["cursor"])


@blp.route("/<contact_id>/timeline", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(Logged)
@blp.response(201, TimelineLine)
def log(said: LogEntry, contact_id: str) -> Line:
    """Record a call or a note."""
    mentions(contact_id)
    return handlers.log(deps(), agency_id(), contact_id, said, _who())


def _now(contact: Contact, purpose: str, channel: str) -> ConsentNow:
    word = contact.consent(purpose, channel)
    return {
        "purpose": purpose,
        "channel": channel,
        "state": word.state if word else "none",
        "allowed": contact.allows(purpose, channel),
        "at": word.at if word else None,
    }


def _allowed(contact_id: str) -> str:
    """The id; NotFound where a person names another person."""
    who = principal()
    if who.role == "prospect" and who.contact_id != contact_id:
        raise NotFound("There is no contact with this id.")
    return contact_id


def _who() -> str:
    return f"{principal().role}:{principal().subject}"
