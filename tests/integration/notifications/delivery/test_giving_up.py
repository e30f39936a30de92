"""A delivery that is given up right after its claim."""

from __future__ import annotations

import pytest

from services.notifications.channels.email.smtp import EmailChannel
from services.notifications.delivery.context import DeliveryContext
from services.notifications.delivery.model import Decision, Delivery
from services.notifications.delivery.store import DeliveryStore
from shared.storage import mongo
from tests.integration.notifications.world import AgencyWorld


def test_it_is_marked_and_that_is_waited_for_before_the_transaction(
    world: AgencyWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a transaction may not see the claim, which waits for no majority; too seldom for a test to meet it
    seen: list[tuple[str, bool]] = []
    update = DeliveryStore._update

    def watched(self: DeliveryStore, delivery: Delivery) -> None:
        seen.append((delivery.state, mongo._open.get()))
        update(self, delivery)

    world.matches_found()
    monkeypatch.setattr(DeliveryStore, "_update", watched)
    monkeypatch.setattr(DeliveryContext, "decide", lambda *_: Decision("canceled", "match_lost"))
    assert world.sending(EmailChannel("smtp://127.0.0.1:1", 5)).handle_next()
    assert seen == [("claimed", False), ("canceled", True)]
    assert world.states() == [("canceled", "match_lost")]
