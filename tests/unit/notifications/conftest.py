"""One complete alert, to be varied by each test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.notifications.channels.email.content import (
    Agency,
    Agent,
    Alert,
    Home,
    Links,
    Photo,
    Reason,
    Recipient,
    message_id,
)

PUBLIC_URL = "https://lintel.example.com"

ALERT = Alert(
    recipient=Recipient("eva@example.com", "Eva Novák", "en", "Europe/Ljubljana"),
    agency=Agency(
        name="Marea Homes",
        from_address="homes@example.com",
        public_url=PUBLIC_URL,
        colour="#2347B0",
        reply_to="office@example.com",
        postal_address="14 Welsh Back, Bristol",
    ),
    agent=Agent("Owen Mercer", "+44 117 496 0123"),
    home=Home(
        id="home-1",
        currency="EUR",
        list_price=Decimal(418000),
        previous_list_price=Decimal(438000),
        listing_id="R-12",
        property_sub_type="townhouse",
        bedrooms_total=Decimal(3),
        bathrooms_total=Decimal("1.5"),
        living_area=Decimal(104),
        street_name="Oxford Street",
        place="Totterdown",
        city="Bristol",
        photo=Photo("/media/1.jpg", "The house from the street"),
        public_remarks={"en": "Light and quiet.", "sl": "Svetlo in mirno.", "sv": "Ljust och tyst."},
    ),
    links=Links(
        f"{PUBLIC_URL}/homes/home-1?t=abc&x=1",
        f"{PUBLIC_URL}/u/{'s' * 300}",
        f"{PUBLIC_URL}/u/change",
        f"{PUBLIC_URL}/u/daily",
        f"{PUBLIC_URL}/u/search",
    ),
    message_id=message_id("agency|eva|home-1|41800000|EUR", PUBLIC_URL),
    date=datetime(2026, 11, 24, 23, 30, tzinfo=UTC),
    search_names=("Family house",),
    reasons=(Reason("list_price", "€32,000 under your budget", {"gap": 32000}),),
    misses=(Reason("lift", "no lift (would prefer)"),),
    unknowns=(Reason("pets_allowed", "pets not stated"),),
)


@pytest.fixture
def make_alert() -> Callable[..., Alert]:
    """An alert with some of its parts changed: `home__list_price=…` reaches one level down."""

    def make(**changes: Any) -> Alert:
        alert = ALERT
        for path, value in changes.items():
            part, _, field = path.partition("__")
            alert = replace(alert, **{part: replace(getattr(alert, part), **{field: value}) if field else value})
        return alert

    return make
