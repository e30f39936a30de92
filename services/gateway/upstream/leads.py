"""Calls to leads: people, what they agreed to, and what happened with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NotRequired, TypedDict

from services.gateway.upstream.client import ServiceClient


class ConsentRecord(TypedDict):
    """A consent or its withdrawal as it is sent; `at` is now by default."""

    purpose: str
    channel: str
    state: str
    source: str
    wording_version: NotRequired[str | None]
    at: NotRequired[str]


class Consent(TypedDict):
    """A consent or its withdrawal as it was recorded; source and wording prove it."""

    purpose: str
    channel: str
    state: str
    wording_version: str | None
    source: str | None
    at: str
    recorded_at: str


class ConsentPage(TypedDict):
    """Some of a person's consents, the latest first."""

    items: list[Consent]
    next_cursor: str | None


class CurrentConsent(TypedDict):
    """What holds now for one purpose on one channel; the state is `none` where nothing was ever recorded."""

    purpose: str
    channel: str
    state: str
    allowed: bool
    at: str | None


class ContactFacts(TypedDict, total=False):
    """Facts of a person as they are sent; None is "not stated"."""

    full_name: str
    first_name: str | None
    middle_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    country: str | None
    language: str
    time_zone: str
    stage: str
    source: str | None
    agent_member_id: str | None
    notes: str | None


class NewContactFacts(ContactFacts, total=False):
    """Facts of a new person, with the consents that were given with them."""

    consents: list[ConsentRecord]


class Contact(TypedDict):
    """A person as the agency knows them; the telephone number is in E.164."""

    id: str
    full_name: str
    first_name: str | None
    middle_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    phone_as_typed: str | None
    country: str | None
    language: str
    time_zone: str
    stage: str
    source: str | None
    agent_member_id: str | None
    notes: str | None
    consents: list[Consent]
    version: int
    created_at: str
    changed_at: str


class PossibleDuplicate(TypedDict):
    """Another person with the same e-mail address or telephone number."""

    id: str
    full_name: str
    phone: str | None
    email: str | None
    agent_member_id: str | None
    why: str


class NewContact(Contact):
    """A person who was just added, and who else may be the same one."""

    possible_duplicates: list[PossibleDuplicate]


class ContactPage(TypedDict):
    """Some people, newest first or the best answers first."""

    items: list[Contact]
    next_cursor: str | None


class OwnContactFacts(TypedDict, total=False):
    """What people may change about themselves."""

    language: str
    time_zone: str


class OwnContact(TypedDict):
    """A person as that person may see it."""

    id: str
    full_name: str
    first_name: str | None
    email: str | None
    phone: str | None
    language: str
    time_zone: str
    version: int


class Erasure(TypedDict):
    """What stays of an erased person."""

    id: str
    erased_at: str


class TimelineListing(TypedDict):
    """What a timeline shows of a listing, as it is now."""

    listing_id: str | None
    street_name: str | None
    city: str | None
    list_price: float | None
    currency: str | None
    standard_status: str | None
    transaction: str | None
    property_sub_type: str | None


class TimelineEntry(TypedDict):
    """Something that happened with a person; which figures there are depends on the kind."""

    id: str
    at: str
    kind: str
    by: str
    figures: dict[str, Any]  # by kind: texts, amounts, names
    listing: TimelineListing | None
    listing_id: NotRequired[str]
    saved_search_id: NotRequired[str]


class TimelinePage(TypedDict):
    """Some of a person's timeline, newest first."""

    items: list[TimelineEntry]
    next_cursor: str | None


class NewTimelineEntry(TypedDict):
    """A call or a note that a member writes down; a note needs a text."""

    kind: str
    text: NotRequired[str]
    outcome: NotRequired[str | None]
    next_on: NotRequired[str | None]
    listing_id: NotRequired[str | None]


@dataclass(frozen=True)
class LeadsClient(ServiceClient):
    """The people of the agency."""

    SERVICE: ClassVar[str] = "leads"

    def contacts(
        self,
        *,
        ids: Sequence[str] = (),
        q: str | None = None,
        stage: str | None = None,
        language: str | None = None,
        agent_member_id: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> ContactPage:
        """People who meet the filters; `q` searches names, e-mail and telephone."""
        filters = {"stage": stage, "language": language, "agent_member_id": agent_member_id}
        page: ContactPage = self._get("contacts", id=list(ids) or None, q=q, limit=limit, cursor=cursor, **filters)
        return page

    def contact(self, contact_id: str) -> Contact:
        """One person; NotFound when there is none, or the person was erased."""
        contact: Contact = self._get("contacts", contact_id)
        return contact

    def possible_duplicates(self, *, phone: str = "", email: str = "") -> list[PossibleDuplicate]:
        """Who else has this telephone number or e-mail address, as typed so far."""
        people: list[PossibleDuplicate] = self._get("contacts", "duplicates", phone=phone, email=email)["items"]
        return people

    def create_contact(self, facts: NewContactFacts, *, idempotency_key: str = "") -> NewContact:
        """Add a person; Invalid names the fields that are wrong."""
        contact: NewContact = self._post("contacts", body=facts, idempotency_key=idempotency_key)
        return contact

    def change_contact(self, contact_id: str, facts: ContactFacts, *, version: int | str) -> Contact:
        """Correct facts; PreconditionFailed when somebody was faster."""
        contact: Contact = self._patch("contacts", contact_id, body=facts, version=version)
        return contact

    def own_contact(self, contact_id: str) -> OwnContact:
        """A person as that person may see it."""
        contact: OwnContact = self._get("contacts", contact_id, "self")
        return contact

    def change_own_contact(self, contact_id: str, facts: OwnContactFacts, *, version: int | str) -> OwnContact:
        """Change what people may change about themselves."""
        contact: OwnContact = self._patch("contacts", contact_id, "self", body=facts, version=version)
        return contact

    def erase_contact(self, contact_id: str, *, ground: str = "requested") -> Erasure:
        """Forget a person everywhere, for good."""
        erasure: Erasure = self._post("contacts", contact_id, "erasure", body={"ground": ground})
        return erasure

    def consents(self, contact_id: str, *, limit: int = 50, cursor: str | None = None) -> ConsentPage:
        """The consents of a person, the latest first."""
        page: ConsentPage = self._get("contacts", contact_id, "consents", limit=limit, cursor=cursor)
        return page

    def current_consents(self, contact_id: str) -> list[CurrentConsent]:
        """What holds now for every purpose on every channel."""
        consents: list[CurrentConsent] = self._get("contacts", contact_id, "consents", "current")["items"]
        return consents

    def record_consent(self, contact_id: str, consent: ConsentRecord, *, idempotency_key: str = "") -> Consent:
        """Record that a person agreed, or withdrew it."""
        path = ("contacts", contact_id, "consents")
        recorded: Consent = self._post(*path, body=consent, idempotency_key=idempotency_key)
        return recorded

    def timeline(
        self, contact_id: str, *, kinds: Sequence[str] = (), limit: int = 50, cursor: str | None = None
    ) -> TimelinePage:
        """What happened with a person, newest first; all kinds by default."""
        query = {"kind": list(kinds) or None, "limit": limit, "cursor": cursor}
        page: TimelinePage = self._get("contacts", contact_id, "timeline", **query)
        return page

    def add_timeline_entry(
        self, contact_id: str, entry: NewTimelineEntry, *, idempotency_key: str = ""
    ) -> TimelineEntry:
        """Write down a call or a note."""
        path = ("contacts", contact_id, "timeline")
        added: TimelineEntry = self._post(*path, body=entry, idempotency_key=idempotency_key)
        return added
