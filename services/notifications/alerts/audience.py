"""How many people an alert about a home at a price would be mailed to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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
    """A search that the offer meets, as matching answers it."""

    contact_id: str
    kind: str
    alerts: str
    alert_possible: bool


@dataclass
class AudienceCount:
    """How many people there are, how many would get a mail at once and in which digest, and why the others none."""

    people: int
    mailed: int = 0
    held: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


def count_audience(deps: Deps, agency_id: str, offer: Offer, pairs: Iterable[OfferedPair]) -> AudienceCount:
    """Count each person once, by the most urgent search or the first closed gate; all of them, in bounded memory."""
    listed = list(pairs)
    frequencies = _frequencies(worth_an_alert(listed))
    everybody = {pair.contact_id for pair in listed}
    count = AudienceCount(len(everybody))
    count.reasons[ALERTS_OFF] = len(everybody) - len(frequencies)
    for people in deps.people.each(agency_id, frequencies, ALERT_CONSENTS):
        refusals = {id_: person.refusal("alerts") for id_, person in people.items()}
        keys = {} if offer.listing_id is None else _keys(agency_id, offer, refusals)
        left = deps.deliveries.of(agency_id).left(list(keys.values())) if keys else {}
        for id_, refusal in refusals.items():
            reason = refusal or (SENT_BEFORE if keys.get(id_) in left else None)
            if reason is not None:
                count.reasons[reason] += 1
            elif frequencies[id_] == "instant":
                count.mailed += 1
            else:
                count.held[frequencies[id_]] += 1
    count.reasons = +count.reasons
    return count


def _frequencies(pairs: Iterable[OfferedPair]) -> dict[str, str]:
    """The most urgent frequency of each person."""
    found: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        found[pair.contact_id].append(pair.alerts)
    return {contact_id: min(words, key=URGENCY.index) for contact_id, words in found.items()}


def _keys(agency_id: str, offer: Offer, refusals: Mapping[str, str | None]) -> dict[str, str]:
    """The key of the alert for each person who could be written to."""
    price, currency, listing_id = offer.list_price, offer.currency, offer.listing_id or ""
    open_ids = (id_ for id_, refusal in refusals.items() if refusal is None)
    return {id_: delivery_key(agency_id, id_, listing_id, price, currency) for id_ in open_ids}
