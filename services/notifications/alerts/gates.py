"""The gates of one alert: those of the person, the pair, the listing, the agency and earlier alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from services.notifications.alerts.model import SENT_BEFORE, delivery_key
from services.notifications.delivery.model import AGENCY_UNKNOWN, MATCH_LOST, OFF_MARKET
from services.notifications.deps import Deps
from services.notifications.people.model import Gate, gate


class AlertSubject(TypedDict):
    """The person of an alert, the search that the home matches, and its price now, in minor units."""

    contact_id: str
    listing_id: str
    saved_search_id: str
    list_price: int | None
    currency: str | None


@dataclass(frozen=True)
class Sendability:
    """Every gate, and whether all of them are open."""

    gates: list[Gate]

    @property
    def sendable(self) -> bool:
        """Whether notifications allows the alert."""
        return all(each.open for each in self.gates)


def sendability(deps: Deps, agency_id: str, subject: AlertSubject) -> Sendability:
    """Check every gate of an alert; NotFound for a person unknown here."""
    deps.contacts.of(agency_id).document(subject["contact_id"])
    person = deps.people.of(agency_id, [subject["contact_id"]])[subject["contact_id"]]
    return Sendability([*person.gates("alerts"), *_gates(deps, agency_id, subject)])


def _gates(deps: Deps, agency_id: str, subject: AlertSubject) -> list[Gate]:
    pairs = deps.pairs.of(agency_id).known(subject["listing_id"], [subject["saved_search_id"]])
    pair = pairs.get(subject["saved_search_id"])
    status = deps.statuses.of(agency_id).find(subject["listing_id"])
    word = status["standard_status"] if status else "active"
    key = delivery_key(
        agency_id, subject["contact_id"], subject["listing_id"], subject["list_price"], subject["currency"]
    )
    left = deps.deliveries.of(agency_id).left([key])
    return [
        gate("pair_lives", pair is not None and pair["live"], MATCH_LOST),
        gate("listing_active", word == "active", OFF_MARKET + word),
        gate("agency_known", deps.agencies.of(agency_id).find() is not None, AGENCY_UNKNOWN),
        gate("not_sent", key not in left, SENT_BEFORE, left.get(key)),
    ]
