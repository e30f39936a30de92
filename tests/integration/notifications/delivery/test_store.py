"""Saving a delivery: over the version that was read, with the event of a new state."""

from __future__ import annotations

import pytest

from services.notifications.delivery.model import Delivery
from services.notifications.delivery.store import DeliveryStore, Stale, from_document, to_document
from shared.errors import NotFound
from tests.integration.notifications.world import AgencyWorld, open_world


def stored(world: AgencyWorld) -> tuple[DeliveryStore, Delivery]:
    """The store of the agency, and its one delivery."""
    world.matches_found()
    store: DeliveryStore = world.room.inbox.deps.deliveries.of(world.agency)
    return store, store.get(world.rows()[0]["_id"])


def test_whoever_was_slower_is_refused_and_nothing_of_it_is_written(world: AgencyWorld) -> None:
    store, first = stored(world)
    second = store.get(first.id)
    first.cancel("match_lost")
    store.save(first)
    second.cancel("price_changed")
    with pytest.raises(Stale):
        store.save(second)
    assert world.states() == [("canceled", "match_lost")]


def test_a_new_state_and_its_event_are_written_together(world: AgencyWorld) -> None:
    store, delivery = stored(world)
    world.set(world.rows()[0], state="failed")
    delivery = store.get(delivery.id)
    delivery.resend(delivery.created_at)
    store.save(delivery)
    assert (world.rows()[0]["version"], delivery.version) == (2, 2)
    assert world.published() == {"queued": 2}


def test_only_what_changed_is_written(world: AgencyWorld) -> None:
    store, delivery = stored(world)
    partly = Delivery(**{**vars(delivery), "listing": {"sequence": 1}})
    partly.cancel("match_lost")
    store.save(partly)
    assert world.rows()[0]["listing"]["city"] == "Koper"


def test_another_agencys_delivery_is_not_there(world: AgencyWorld) -> None:
    _, delivery = stored(world)
    stranger = open_world(world.room)
    with pytest.raises(NotFound):
        world.room.inbox.deps.deliveries.of(stranger.agency).get(delivery.id)


def test_a_document_reads_back_as_it_was_written(world: AgencyWorld) -> None:
    _, delivery = stored(world)
    assert from_document({"_id": delivery.id, **to_document(delivery)}) == delivery
