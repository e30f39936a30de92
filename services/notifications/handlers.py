"""Use cases: events of other services about people and agencies, and members' questions about people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.notifications.delivery.model import AGENCY_UNKNOWN, WAITING, Delivery, TransitionRefused
from services.notifications.delivery.reconsider import reconsider, reconsider_waiting
from services.notifications.deps import Deps
from services.notifications.people.model import EMAIL, ERASED, GRANTED, Reachability
from services.notifications.people.store import ALL_CONSENTS, consent_id
from shared.contracts.gateway import AgencyChanged, LinkRequested, MemberChanged
from shared.contracts.leads import ConsentChanged, ContactChanged, ContactErased, ContactReachable
from shared.errors import Conflict
from shared.messaging.event import Event, now
from shared.messaging.inbox import forget_contact

MOST_LINKS = 10


def keep_contact(deps: Deps, event: Event[ContactChanged]) -> None:
    """Store language, time zone and agent."""
    deps.contacts.of(event.agency_id).keep(event.subject, event.raw, event.sequence)
    reconsider_waiting(deps.deliveries.of(event.agency_id), deps.people, event.subject)


def keep_reachable(deps: Deps, event: Event[ContactReachable]) -> None:
    """Store name and addresses, unless the person was erased."""
    if not deps.contacts.of(event.agency_id).is_erased(event.subject):
        print_ = deps.people.fingerprint(event.data)
        data = {**event.raw, "address_print": print_} if print_ else event.raw
        deps.reachable.of(event.agency_id).keep(event.subject, data, event.sequence)
        reconsider_waiting(deps.deliveries.of(event.agency_id), deps.people, event.subject)


def keep_consent(deps: Deps, event: Event[ConsentChanged]) -> None:
    """Store the latest consent; one given before an alert but reported after it still counts for that alert."""
    consent = event.data
    contact_id = consent.contact_id
    if deps.contacts.of(event.agency_id).is_erased(contact_id):
        return
    key = consent_id(contact_id, consent.purpose, consent.channel)
    if not deps.consents.of(event.agency_id).keep(key, event.raw, event.sequence):
        return
    if (consent.purpose, consent.channel, consent.state) == ("alerts", EMAIL, GRANTED):
        store = deps.deliveries.of(event.agency_id)
        late = store.without_consent_since(datetime.fromisoformat(consent.at), contact_id)
        waiting = store.unsent_alerts(contact_id=contact_id, state=WAITING)
        reconsider(store, deps.people, [*late, *waiting])


def keep_agency(deps: Deps, event: Event[AgencyChanged]) -> None:
    """Store the agency; deliveries that waited for it become due."""
    deps.agencies.of(event.agency_id).keep(event.agency_id, event.raw, event.sequence)
    store = deps.deliveries.of(event.agency_id)
    waiting = store.unsent_alerts(state=WAITING, reason=AGENCY_UNKNOWN)
    for delivery in waiting:
        delivery.release(now())
    store.save_all(waiting)


def keep_member(deps: Deps, event: Event[MemberChanged]) -> None:
    """Store a member to whom people may reply."""
    deps.members.of(event.agency_id).keep(event.data.member_id, event.raw, event.sequence)


def forget_person(deps: Deps, event: Event[ContactErased]) -> None:
    """Delete the data of an erased person, cancel open deliveries, leave a tombstone."""
    agency_id, contact_id = event.agency_id, event.subject
    deps.contacts.of(agency_id).erase(contact_id, event.sequence)
    for store in (deps.reachable, deps.consents, deps.pairs, deps.sign_in_links):
        store.of(agency_id).forget(contact_id)
    forget_contact(deps.contacts.db, contact_id)
    deliveries = deps.deliveries.of(agency_id)
    unsent = [*deliveries.unsent_alerts(contact_id=contact_id), *deliveries.unsent_letters(contact_id)]
    for delivery in unsent:
        delivery.cancel(ERASED)
    deliveries.save_all(unsent)
    deliveries.strip(contact_id)


def queue_sign_in_links(deps: Deps, event: Event[LinkRequested]) -> None:
    """Queue a link for every contact with this address, one for each agency."""
    until = datetime.fromisoformat(event.data.until)
    for agency_id, contact_id in deps.reachable.everywhere(event.data.address_print, MOST_LINKS):
        deps.sign_in_links.of(agency_id).add(event.subject, contact_id, until)


def resend(deps: Deps, agency_id: str, delivery_id: str) -> Delivery:
    """Send a failed or unknown delivery again: a member's decision, never automatic."""
    store = deps.deliveries.of(agency_id)
    delivery = store.get(delivery_id)
    try:
        delivery.resend(now())
    except TransitionRefused as refused:
        raise Conflict(refused.error) from None
    store.save(delivery)
    return delivery


def reachability(deps: Deps, agency_id: str, contact_ids: Iterable[str]) -> list[Reachability]:
    """How each of these people may be reached, without duplicates, in this order."""
    ids = list(dict.fromkeys(contact_ids))
    batches = deps.people.groups(agency_id).alike(ids, ALL_CONSENTS)
    found = {id_: person.reachability(id_) for groups in batches for person, alike in groups for id_ in alike}
    return [found[id_] for id_ in ids]
