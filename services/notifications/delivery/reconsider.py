"""Decides again about deliveries that waited for news, or were stopped for a reason that no longer holds."""

from __future__ import annotations

from collections.abc import Iterable

from services.notifications.delivery.model import WAITING, Delivery
from services.notifications.delivery.store import DeliveryStore
from services.notifications.people.store import PeopleStore
from shared.messaging.event import now
from shared.storage.mongo import transaction


def reconsider(store: DeliveryStore, people: PeopleStore, deliveries: Iterable[Delivery]) -> None:
    """Decide again about these deliveries of the store's agency; call it in a transaction."""
    listed = list(deliveries)
    known = people.of(store.agency_id, {delivery.contact_id for delivery in listed})
    for delivery in listed:
        delivery.reconsider(known[delivery.contact_id], now())
    store.save_all(listed)


def reconsider_waiting(store: DeliveryStore, people: PeopleStore, contact_id: str) -> None:
    """Decide again about the deliveries that wait for news of a person."""
    reconsider(store, people, store.unsent_alerts(contact_id=contact_id, state=WAITING))


def reconsider_next(store: DeliveryStore, people: PeopleStore) -> bool:
    """Decide again about one delivery of any agency that has waited for a while; false when none is due.

    The awaited news may have been reported at the moment when the delivery was being written.
    """

    def work() -> bool:
        delivery = store.next_waiting()
        if delivery is not None:
            reconsider(store.of(delivery.agency_id), people, [delivery])
        return delivery is not None

    return transaction(store.db.client, work)
