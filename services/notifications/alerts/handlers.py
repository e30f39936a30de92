"""Use cases of alerts: matches become deliveries, or cancel them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.notifications.alerts.model import delivery_key, worth_an_alert
from services.notifications.delivery.documents import ListingRow, MatchRow
from services.notifications.delivery.model import (
    ALERT,
    NEVER_LEFT,
    OFF_MARKET,
    PRICE_CHANGED,
    UNSENT,
    Delivery,
    by_search,
    decide,
    most_urgent,
)
from services.notifications.delivery.reconsider import reconsider
from services.notifications.deps import Deps
from services.notifications.pairs.model import PairRow, is_outdated, stamps_of
from services.notifications.people.model import Person
from shared.contracts.matching import ListingSummary, MatchesFound, MatchesLost, SearchMatch
from shared.contracts.properties import ListingState
from shared.http.schemas import to_minor
from shared.messaging.event import Event, now


def queue_alerts(deps: Deps, event: Event[MatchesFound]) -> None:
    """Queue one delivery for each person, home and price, whatever the number of searches and events."""
    agency_id, listing, matches = event.agency_id, event.data.listing, event.data.matches
    keys = {match.contact_id: key_at(agency_id, match.contact_id, listing) for match in matches}
    searches = [match.saved_search_id for match in matches]
    audience = deps.context.audience(agency_id, listing.id, searches, keys)
    present = [match for match in matches if not audience.people[match.contact_id].erased]
    live = _record_live(deps, agency_id, listing, present, audience.pairs)
    by_contact = _by_contact(worth_an_alert(live), event.raw["matches"])
    changed = _outdated(listing, {contact_id: keys[contact_id] for contact_id in by_contact}, audience.unsent)
    news = _News(agency_id, listing.id, event.raw["listing"], event.data.entered_by)
    for contact_id, rows in by_contact.items():
        key, person = keys[contact_id], audience.people[contact_id]
        changed.append(news.alert(key, audience.known.get(key), person, rows))
    deps.deliveries.of(agency_id).save_all(changed)


def cancel_lost(deps: Deps, event: Event[MatchesLost]) -> None:
    """Cancel alerts not sent yet that rest only on pairs that no longer meet."""
    listing_id, sequence = event.data.listing_id, event.data.listing_sequence
    store, deliveries = deps.pairs.of(event.agency_id), deps.deliveries.of(event.agency_id)
    people = deps.people.of(event.agency_id, {pair.contact_id for pair in event.data.pairs})
    pairs = [pair for pair in event.data.pairs if not people[pair.contact_id].erased]
    known = store.known(listing_id, [pair.saved_search_id for pair in pairs])
    lost: list[PairRow] = []
    for pair in pairs:
        search_id, stamps = pair.saved_search_id, (sequence, pair.search_sequence, pair.pair_sequence)
        if not is_outdated(known.get(search_id), stamps):
            lost.append(store.row(listing_id, search_id, pair.contact_id, stamps, live=False))
    store.record(lost)
    contacts = sorted({pair.contact_id for pair in pairs})
    unsent = deliveries.unsent_alerts(listing_id=listing_id, contact_id={"$in": contacts})
    for delivery in unsent:
        delivery.drop_matches(row["saved_search_id"] for row in lost)
    deliveries.save_all(unsent)


def keep_status(deps: Deps, event: Event[ListingState]) -> None:
    """Cancel alerts not sent yet about a home that left the market; it may return."""
    status = event.data.standard_status
    if not deps.statuses.of(event.agency_id).keep(event.subject, {"standard_status": status}, event.sequence):
        return
    store = deps.deliveries.of(event.agency_id)
    if status == "active":
        stopped = store.off_market(event.subject)
        same = [one for one in stopped if one.id == key_at(event.agency_id, one.contact_id, event.data)]
        reconsider(store, deps.people, same)
        return
    # else the alert shows a later return to the market that is not reported yet
    older = [one for one in store.unsent_alerts(listing_id=event.subject) if one.listing["sequence"] < event.sequence]
    for delivery in older:
        delivery.cancel(OFF_MARKET + status)
    store.save_all(older)


def key_at(agency_id: str, contact_id: str, listing: ListingState | ListingSummary) -> str:
    """The key of the alert about a home at its present price."""
    minor = None if listing.list_price is None else to_minor(listing.list_price)
    return delivery_key(agency_id, contact_id, listing.id, minor, listing.currency)


@dataclass(frozen=True)
class _News:
    """What is new about one listing: why its matches were reported, and its stored documents."""

    agency_id: str
    listing_id: str
    listing: ListingRow
    entered_by: str

    def alert(self, key: str, known: Delivery | None, person: Person, matches: list[MatchRow]) -> Delivery:
        """The delivery with this key: a new one, or the existing one updated with these matches."""
        moment = now()
        if known is None:
            return self._new(key, person, matches, moment)
        if known.state in UNSENT:
            known.join(matches, person, moment)
        elif known.state in NEVER_LEFT:
            known.revive(matches, self.listing, self.entered_by, person, moment)
        return known

    def _new(self, key: str, person: Person, matches: list[MatchRow], moment: datetime) -> Delivery:
        frequency = most_urgent(matches)
        decision = decide(person, "alerts", frequency)
        return Delivery(
            id=key,
            agency_id=self.agency_id,
            contact_id=matches[0]["contact_id"],
            listing_id=self.listing_id,
            kind=ALERT,
            state=decision.state,
            reason=decision.reason,
            entered_by=self.entered_by,
            frequency=frequency,
            listing=self.listing,
            matches=by_search(matches),
            created_at=moment,
            not_before=moment,
        )


def _by_contact(matches: Iterable[SearchMatch], raw: Iterable[MatchRow]) -> dict[str, list[MatchRow]]:
    """The matches as the event carried them, which is how a delivery stores them, by person."""
    rows = {row["saved_search_id"]: row for row in raw}
    by_contact: dict[str, list[MatchRow]] = defaultdict(list)
    for match in matches:
        by_contact[match.contact_id].append(rows[match.saved_search_id])
    return by_contact


def _record_live(
    deps: Deps, agency_id: str, listing: ListingSummary, matches: Iterable[SearchMatch], known: Mapping[str, PairRow]
) -> list[SearchMatch]:
    """Record that the pairs are live; returns those without a newer report."""
    store = deps.pairs.of(agency_id)
    live: list[SearchMatch] = []
    rows: list[PairRow] = []
    for match in matches:
        before = known.get(match.saved_search_id)
        stamps = (listing.sequence, match.search_sequence, match.pair_sequence)
        if not is_outdated(before, stamps):
            rows.append(store.row(listing.id, match.saved_search_id, match.contact_id, stamps, live=True))
            live.append(match)
        elif before is not None and before["live"] and stamps_of(before) == stamps:
            live.append(match)
    store.record(rows)
    return live


def _outdated(listing: ListingSummary, keys: Mapping[str, str], unsent: Iterable[Delivery]) -> list[Delivery]:
    """Cancel a delivery not sent yet that shows an older price of the home; returns it."""
    canceled = []
    for delivery in unsent:
        key = keys.get(delivery.contact_id, delivery.id)
        if delivery.id != key and delivery.listing["sequence"] < listing.sequence:
            delivery.cancel(PRICE_CHANGED)
            canceled.append(delivery)
    return canceled
