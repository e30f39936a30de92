"""Use cases of what other services report of people and agencies, and what members do to a delivery."""

from __future__ import annotations

from datetime import datetime

from services.notifications.delivery import model
from services.notifications.delivery.reconsider import reconsider
from services.notifications.delivery.store import consent_id
from services.notifications.deps import Deps
from shared.contracts.gateway import AgencyChanged, LinkRequested, MemberChanged
from shared.contracts.leads import ConsentChanged, ContactChanged, ContactErased, ContactReachable
from shared.errors import Conflict
from shared.messaging.event import Event, now
from shared.messaging.inbox import forget_contact
from shared.storage.mongo import Document

MOST_LINKS = 10


def keep_contact(deps: Deps, event: Event[ContactChanged]) -> None:
    """Remember language, time zone and agent."""
    deps.contacts.of(event.agency_id).keep(event.subject, event.raw, event.sequence)
    reconsider(deps, event.agency_id, _waiting(deps, event.agency_id, event.subject))


def keep_reachable(deps: Deps, event: Event[ContactReachable]) -> None:
    """Remember name and addresses, unless the person was erased."""
    if not deps.contacts.of(event.agency_id).is_erased(event.subject):
        print_ = deps.people.fingerprint(event.data)
        data = {**event.raw, "address_print": print_} if print_ else event.raw
        deps.reachable.of(event.agency_id).keep(event.subject, data, event.sequence)
        reconsider(deps, event.agency_id, _waiting(deps, event.agency_id, event.subject))


def keep_consent(deps: Deps, event: Event[ConsentChanged]) -> None:
    """Remember the latest word; one that was given before an alert but heard after it, still counts for it."""
    consent = event.data
    contact_id = consent.contact_id
    if deps.contacts.of(event.agency_id).is_erased(contact_id):
        return
    key = consent_id(contact_id, consent.purpose, consent.channel)
    if not deps.consents.of(event.agency_id).keep(key, event.raw, event.sequence):
        return
    if (consent.purpose, consent.channel, consent.state) == (model.PURPOSE, model.CHANNEL, "granted"):
        given = datetime.fromisoformat(consent.at)
        late = deps.deliveries.of(event.agency_id).without_consent_since(given, contact_id)
        reconsider(deps, event.agency_id, [*late, *_waiting(deps, event.agency_id, contact_id)])


def keep_agency(deps: Deps, event: Event[AgencyChanged]) -> None:
    """Remember who writes."""
    deps.agencies.of(event.agency_id).keep(event.agency_id, event.raw, event.sequence)
    store = deps.deliveries.of(event.agency_id)
    for row in store.open_ones(state="waiting", reason="agency_unknown"):
        store.change(row, state="queued", reason=None, not_before=now())


def keep_member(deps: Deps, event: Event[MemberChanged]) -> None:
    """Remember whom to ask."""
    deps.members.of(event.agency_id).keep(event.data.member_id, event.raw, event.sequence)


def forget_person(deps: Deps, event: Event[ContactErased]) -> None:
    """Delete what is known of an erased person, cancel what is under way, leave a tombstone."""
    agency_id, contact_id = event.agency_id, event.subject
    deps.contacts.of(agency_id).erase(contact_id, event.sequence)
    deps.reachable.rows.delete_one(deps.reachable.of(agency_id).own(_id=contact_id))
    deps.consents.rows.delete_many(deps.consents.of(agency_id).own(contact_id=contact_id))
    deps.pairs.rows.delete_many(deps.pairs.of(agency_id).own(contact_id=contact_id))
    deps.links.drop(agency_id=agency_id, contact_id=contact_id)
    forget_contact(deps.contacts.db, contact_id)
    store = deps.deliveries.of(agency_id)
    for row in [*store.open_ones(contact_id=contact_id), *store.open_letters(contact_id)]:
        store.change(row, state="canceled", reason="erased")
    told = {"$set": {"matches": {}}, "$unset": {"note": "", "cards": ""}}
    store.rows.update_many(store.own(contact_id=contact_id), told)


def queue_links(deps: Deps, event: Event[LinkRequested]) -> None:
    """A link for everybody whose address was given: whoever is known to several agencies gets one from each."""
    until = datetime.fromisoformat(event.data.until)
    for row in deps.reachable.everywhere(event.data.address_print, MOST_LINKS):
        deps.links.of(row["agency_id"]).add(event.subject, row["_id"], until)


def resend(deps: Deps, agency_id: str, delivery_id: str) -> Document:
    """Send again what nobody knows the fate of, or what was refused: a person's decision, never the program's."""
    store = deps.deliveries.of(agency_id)
    row = store.document(delivery_id)
    if row["state"] not in model.RESENDABLE or (row.get("kind") == model.LETTER and "cards" not in row):
        raise Conflict(f"A delivery that is {row['state']} is not sent again.")
    store.resend(row)
    return store.document(delivery_id)


def _waiting(deps: Deps, agency_id: str, contact_id: str) -> list[Document]:
    return deps.deliveries.of(agency_id).open_ones(contact_id=contact_id, state="waiting")
