"""A mail server, and a sender that hands to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.notifications.channels.email.smtp import EmailChannel
from tests.integration.notifications.delivery.loops import Loop
from tests.integration.notifications.world import AgencyWorld


@pytest.fixture
def office(open_office: Callable[..., Any]) -> Any:
    return open_office()


@pytest.fixture
def sender(world: AgencyWorld, office: Any) -> Iterator[Loop]:
    channel = EmailChannel(f"smtp://127.0.0.1:{office.port}?starttls=off", 5)
    yield world.sending(channel)
    channel.close()
