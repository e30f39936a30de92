"""What must be in the mail catcher: an independent full cross-reference, compared by Message-ID."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from services.matching.engine.evaluate import evaluate
from services.matching.engine.world import World as Day
from services.matching.store.records import as_listing, as_search
from services.notifications.alerts.model import delivery_key
from services.notifications.channels.email.content import message_id
from tests.system.world import World

CITIES = ("Sevilla", "Porto", "Ljubljana")
CONSENT = {"purpose": "alerts", "channel": "email", "state": "granted", "wording_version": "2026-01", "source": "form"}


def add_people(world: World, agency: str, count: int) -> list[str]:
    """People who want alerts, one in four who does not; returns their ids."""
    ids = []
    for number in range(count):
        person = {
            "full_name": f"Person {number}",
            "email": f"{agency}.{number}@example.com",
            "language": ("es", "pt", "sl", "sv", "en")[number % 5],
            "time_zone": "Europe/Madrid",
            "consents": [] if number % 4 == 3 else [CONSENT],
        }
        ids.append(world.post("leads", "/v1/contacts", person, agency=agency)["id"])
    return ids


def add_searches(world: World, agency: str, people: list[str], alerts: str = "instant") -> None:
    """Two overlapping searches a person: some homes meet both, some one, some none."""
    for number, contact_id in enumerate(people):
        for city, most in ((CITIES[number % 3], 200_000 + 10_000 * number), (CITIES[number % 3], 260_000)):
            wishes = {"contact_id": contact_id, "transaction": "sale", "currency": "EUR", "list_price_max": most}
            wishes |= {"areas": [{"place": {"city": city}}], "alerts": alerts, "name": f"{city} {most}"}
            world.post("matching", "/v1/saved-searches", wishes, agency=agency)


def a_home(number: int) -> dict[str, Any]:
    """The body of a listing; the same for the same number."""
    price = 180_000 + (number * 7919) % 120_000
    return {"transaction": "sale", "currency": "EUR", "list_price": price, "city": CITIES[number % 3]}


def expected(world: World, agency: str) -> set[str]:
    """The Message-ID of every alert that is due: each person with consent, home and price once."""
    granted = {
        row["contact_id"]
        for row in world.rows("notifications", "consents", agency_id=agency)
        if (row["purpose"], row["channel"], row["state"]) == ("alerts", "email", "granted")
    }
    searches = [as_search(d) for d in world.rows("matching", "searches", agency_id=agency, removed=False)]
    instant = {d["_id"] for d in world.rows("matching", "searches", agency_id=agency, alerts="instant")}
    day = Day(datetime.now(UTC).date())
    due = set()
    for listing in (as_listing(d) for d in world.rows("matching", "listings", agency_id=agency)):
        for search in searches:
            wanted = search.contact_id in granted and search.id in instant
            if wanted and evaluate(search, listing, day).kind == "match":
                due.add((search.contact_id, listing.id, listing.figures.price, listing.currency))
    return {message_id(delivery_key(agency, *alert), world.place.url("gateway")) for alert in due}


def received(world: World) -> Counter[str]:
    """How often each Message-ID is in the catcher."""
    return Counter(str(mail["Message-ID"]) for mail in world.mails())


def unknown(world: World, agency: str) -> set[str]:
    """The Message-IDs whose fate nobody knows."""
    rows = world.rows("notifications", "deliveries", agency_id=agency, state="unknown")
    return {message_id(row["_id"], world.place.url("gateway")) for row in rows}


def _fates(world: World, agency: str, lost: set[str]) -> list[Any]:
    """State and reason of the deliveries with these Message-IDs; what has none never was one."""
    url = world.place.url("gateway")
    rows = world.rows("notifications", "deliveries", agency_id=agency)
    return [(row["state"], row["reason"]) for row in rows if message_id(row["_id"], url) in lost]


def compare(world: World, agency: str) -> dict[str, int]:
    """Nothing lost, nothing twice, nothing that was not due; what is unknown is counted. Returns the figures."""
    due, got, nobody_knows = expected(world, agency), received(world), unknown(world, agency)
    twice = {one: count for one, count in got.items() if count > 1}
    lost = due - set(got) - nobody_knows
    assert not twice, f"sent twice: {twice}"
    assert not lost, f"lost: {lost}; what became of them: {_fates(world, agency, lost)}"
    assert set(got) & _of(world, agency) <= due, "sent without being due"
    return {"due": len(due), "received": len(due & set(got)), "unknown": len(nobody_knows)}


def _of(world: World, agency: str) -> set[str]:
    rows = world.rows("notifications", "deliveries", agency_id=agency)
    return {message_id(row["_id"], world.place.url("gateway")) for row in rows}
