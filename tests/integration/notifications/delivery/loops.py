"""Steps that tests of sending share."""

from __future__ import annotations

from datetime import timedelta

from services.notifications.claims.loop import ClaimLoop
from services.notifications.delivery.model import Delivery
from shared.messaging.event import now
from tests.integration.notifications.world import AgencyWorld

Loop = ClaimLoop[Delivery]


def send_all(sender: Loop) -> None:
    """Send until nothing is due."""
    while sender.handle_next():
        pass


def lapse(world: AgencyWorld) -> None:
    """Let the lease of the first delivery run out."""
    world.set(world.rows()[0], lease_until=now() - timedelta(seconds=1))
