"""How many people an alert about a home at a price would be mailed to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from services.notifications.alerts.model import ALERTS_OFF, SENT_BEFORE, delivery_key, worth_an_alert
from services.notifications.delivery.model import URGENCY
from services.notifications.deps import Deps
from services.notifications.people.store import ALERT_CONSENTS


@dataclass(frozen=True)
class Offer:
    """A home at a price in minor units; a home that is not saved yet has no id."""

    listing_id: str | None
    list_price: int | None
    currency: str | None


@dataclass(frozen=True)
class OfferedPair:
    """A search that the offer matches, as matching returns it."""

    contact_id: str
    kind: str
    alerts: str
    alert_possible: bool


@dataclass
class AudienceCount:
    """The number of people, how many would get a mail at once or in each digest, and the reasons for the others."""

    people: int
    mailed: int = 0
    held: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


def count_audience(deps: Deps, agency_id: str, offer: Offer, pairs: Iterable[OfferedPair]) -> AudienceCount:
    """Count each person once, by the most urgent search or the first closed gate; memory stays bounded."""
    listed = list(pairs)
    frequencies = _frequencies(worth_an_alert(listed))
    everybody = {pair.contact_id for pair in listed}
    count = AudienceCount(len(everybody))
    count.reasons[ALERTS_OFF] = len(everybody) - len(frequencies)
    for groups in deps.people.groups(agency_id).alike(frequencies, ALERT_CONSENTS):
        writable: list[str] = []
        for person, ids in groups:
            if (refusal := person.refusal("alerts")) is None:
                writable += ids
            else:
                count.reasons[refusal] += len(ids)
        before = _sent_before(deps, agency_id, offer, writable)
        count.reasons[SENT_BEFORE] += len(before)
        count.held.update(frequencies[id_] for id_ in writable if id_ not in before)
    count.mailed = count.held.pop("instant", 0)
    count.reasons = +count.reasons
    return count


def _frequencies(pairs: Iterable[OfferedPair]) -> dict[str, str]:
    """The most urgent frequency of each person."""
    found: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        found[pair.contact_id].append(pair.alerts)
    return {contact_id: min(words, key=URGENCY.index) for contact_id, words in found.items()}


def _sent_before(deps: Deps, agency_id: str, offer: Offer, contact_ids: Iterable[str]) -> set[str]:
    """The people to whom an alert about the home at this price was sent before."""
    if offer.listing_id is None:
        return set()
    price, currency = offer.list_price, offer.currency
    keys = {delivery_key(agency_id, id_, offer.listing_id, price, currency): id_ for id_ in contact_ids}
    return {keys[key] for key in deps.deliveries.of(agency_id).left(list(keys))}
