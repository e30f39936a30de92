"""A delivery that is given up right after its claim."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications.channels.email.smtp import Sender
from services.notifications.delivery import model
from services.notifications.delivery import sender as sending
from services.notifications.delivery.store import DeliveryStore
from shared.storage import mongo
from tests.integration.notifications.world import Desk


def test_it_is_marked_and_that_is_waited_for_before_the_transaction(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a transaction may not see the claim, which waits for no majority; too seldom for a test to meet it
    seen: list[tuple[str, bool]] = []
    mark = DeliveryStore.mark

    def watched(self: DeliveryStore, row: Any, was: Any, **changes: Any) -> Any:
        seen.append((changes.get("state", "claimed"), mongo._open.get()))
        return mark(self, row, was, **changes)

    monkeypatch.setattr(DeliveryStore, "mark", watched)
    monkeypatch.setattr(sending, "_decide", lambda *_: model.Decision("canceled", "match_lost"))
    desk.found()
    assert desk.sending(Sender("smtp://127.0.0.1:1", 5)).send_next()
    assert seen == [("claimed", False), ("canceled", True)]
    assert desk.states() == [("canceled", "match_lost")]
