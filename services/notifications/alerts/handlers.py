"""Use cases of alerts: matches become deliveries, or cancel them; nothing here speaks SMTP."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from services.notifications.delivery import model
from services.notifications.delivery.reconsider import reconsider
from services.notifications.deps import Deps
from shared.contracts.matching import FoundMatch, ListingSummary, MatchesFound, MatchesLost
from shared.contracts.properties import ListingState
from shared.http.schemas import to_minor
from shared.messaging.event import Event, now
from shared.storage.mongo import Document


def queue_alerts(deps: Deps, event: Event[MatchesFound]) -> None:
    """One delivery for each person, home and price, however many searches it meets and however often it is told."""
    listing, matches = event.data.listing, event.data.matches
    keys = {one.contact_id: _key(event.agency_id, one.contact_id, listing) for one in matches}
    searches = [match.saved_search_id for match in matches]
    audience = deps.people.audience(event.agency_id, listing.id, searches, keys)
    people = audience.people
    present = [match for match in matches if not people[match.contact_id].erased]
    wanted = model.wanted(_keep_pairs(deps, event, present, audience.pairs))
    by_contact = _by_contact(wanted, event.raw["matches"])
    _replace_outdated(deps, event, {contact_id: keys[contact_id] for contact_id in by_contact}, audience.open)
    new = []
    for contact_id, documents in by_contact.items():
        before = audience.known.get(keys[contact_id])
        if before is None:
            new.append(_delivery(event, keys[contact_id], people[contact_id], documents))
        elif before["state"] in model.OPEN:
            _join(deps, before, people[contact_id], documents)
        elif before["state"] in model.NEVER_LEFT:
            _revive(deps, event, before, people[contact_id], documents)
    deps.deliveries.of(event.agency_id).add(new)


def _by_contact(matches: list[FoundMatch], raw: list[Document]) -> dict[str, list[Document]]:
    """The matches as they travelled, which is how a delivery keeps them, by person."""
    documents = {document["saved_search_id"]: document for document in raw}
    found: dict[str, list[Document]] = defaultdict(list)
    for match in matches:
        found[match.contact_id].append(documents[match.saved_search_id])
    return found


def cancel_lost(deps: Deps, event: Event[MatchesLost]) -> None:
    """Pairs that no longer meet: what has not left yet for them alone, will not."""
    listing_id, sequence = event.data.listing_id, event.data.listing_sequence
    store = deps.pairs.of(event.agency_id)
    people = deps.people.of(event.agency_id, {pair.contact_id for pair in event.data.pairs})
    pairs = [pair for pair in event.data.pairs if not people[pair.contact_id].erased]
    known = store.known(listing_id, [pair.saved_search_id for pair in pairs])
    gone = set()
    told = []
    for pair in pairs:
        search_id, stamps = pair.saved_search_id, (sequence, pair.search_sequence, pair.pair_sequence)
        if not model.outdates(known.get(search_id), stamps):
            told.append(store.row(listing_id, search_id, pair.contact_id, stamps, live=False))
            gone.add(search_id)
    store.tell(told)
    contacts = {pair.contact_id for pair in pairs}
    for row in deps.deliveries.of(event.agency_id).open_ones(listing_id=listing_id, contact_id={"$in": list(contacts)}):
        left = {search_id: match for search_id, match in row["matches"].items() if search_id not in gone}
        changes = {"matches": left} if left else {"state": "canceled", "reason": "match_lost"}
        deps.deliveries.of(event.agency_id).change(row, **changes)


def keep_status(deps: Deps, event: Event[ListingState]) -> None:
    """A home that left the market is no news any more, until it returns."""
    status = event.data.standard_status
    if not deps.listings.of(event.agency_id).keep(event.subject, {"standard_status": status}, event.sequence):
        return
    store = deps.deliveries.of(event.agency_id)
    if status == "active":
        back = store.off_market(event.subject)
        reconsider(deps, event.agency_id, [row for row in back if row["_id"] == _key_of(row, event.data)])
        return
    for row in store.open_ones(listing_id=event.subject):
        if row["listing"]["sequence"] < event.sequence:  # else the alert tells of a later return that is not heard yet
            store.change(row, state="canceled", reason="listing_" + status)


def sendability(deps: Deps, agency_id: str, contact_id: str, listing_id: str, saved_search_id: str) -> Document:
    """Whether an alert may go out, gate by gate."""
    deps.contacts.of(agency_id).document(contact_id)
    person = deps.people.of(agency_id, [contact_id])[contact_id]
    pair = deps.pairs.of(agency_id).known(listing_id, [saved_search_id]).get(saved_search_id)
    home = deps.listings.of(agency_id).rows.find_one(deps.listings.of(agency_id).own(_id=listing_id))
    gates = [
        *person.gates(),
        model.Gate("pair_lives", pair is not None and pair["live"]),
        model.Gate("listing_active", home is None or home["standard_status"] == "active"),
        model.Gate("agency_known", deps.agencies.of(agency_id).rows.find_one({"_id": agency_id}) is not None),
    ]
    return {"sendable": all(gate.open for gate in gates), "gates": gates}


def _keep_pairs(
    deps: Deps, event: Event[MatchesFound], matches: list[FoundMatch], rows: list[Document]
) -> list[FoundMatch]:
    """Note that the pairs live; returns those that no newer news contradicts."""
    listing = event.data.listing
    store = deps.pairs.of(event.agency_id)
    known = {row["saved_search_id"]: row for row in rows}
    live, told = [], []
    for match in matches:
        before = known.get(match.saved_search_id)
        stamps = (listing.sequence, match.search_sequence, match.pair_sequence)
        if not model.outdates(before, stamps):
            told.append(store.row(listing.id, match.saved_search_id, match.contact_id, stamps, live=True))
            live.append(match)
        elif before is not None and before["live"] and model.stamps_of(before) == stamps:
            live.append(match)
    store.tell(told)
    return live


def _replace_outdated(deps: Deps, event: Event[MatchesFound], keys: Mapping[str, str], rows: list[Document]) -> None:
    """What has not left yet and tells an older price of the home, gives way."""
    listing = event.data.listing
    store = deps.deliveries.of(event.agency_id)
    for row in rows:
        key = keys.get(row["contact_id"], row["_id"])
        if row["_id"] != key and row["listing"]["sequence"] < listing.sequence:
            store.change(row, state="canceled", reason="price_changed")


def _key(agency_id: str, contact_id: str, listing: ListingState | ListingSummary) -> str:
    price = listing.list_price
    minor = None if price is None else to_minor(price)
    return model.delivery_key(agency_id, contact_id, listing.id, minor, listing.currency)


def _key_of(row: Document, listing: ListingState | ListingSummary) -> str:
    return _key(row["agency_id"], row["contact_id"], listing)


def _delivery(event: Event[MatchesFound], key: str, person: model.Person, matches: list[Document]) -> Document:
    frequency = model.most_urgent(matches)
    decision = model.decide(person, frequency)
    return {
        "_id": key,
        "agency_id": event.agency_id,
        "contact_id": matches[0]["contact_id"],
        "listing_id": event.data.listing.id,
        "listing": event.raw["listing"],
        "entered_by": event.data.entered_by,
        "matches": {match["saved_search_id"]: match for match in matches},
        "frequency": frequency,
        "channel": model.CHANNEL,
        "state": decision.state,
        "reason": decision.reason,
        "attempts": 0,
        "version": 1,
        "created_at": now(),
        "not_before": now(),
    }


def _join(deps: Deps, row: Document, person: model.Person, matches: list[Document]) -> None:
    """Another search meets the same home at the same price: one alert names them all, if it has not left yet."""
    joined = {**row["matches"], **{match["saved_search_id"]: match for match in matches}}
    frequency = model.most_urgent(list(joined.values()))
    changes: Document = {"matches": joined, "frequency": frequency}
    if row["state"] == "held" and frequency == "instant":
        decision = model.decide(person, frequency)
        changes |= {"state": decision.state, "reason": decision.reason, "not_before": now()}
    deps.deliveries.of(row["agency_id"]).change(row, **changes)


def _revive(
    deps: Deps, event: Event[MatchesFound], row: Document, person: model.Person, matches: list[Document]
) -> None:
    """The pair meets again and nobody was told the first time: begin anew, unless the same gate is still shut."""
    frequency = model.most_urgent(matches)
    decision = model.decide(person, frequency)
    if (decision.state, decision.reason) == (row["state"], row["reason"]):
        return
    deps.deliveries.of(row["agency_id"]).change(
        row,
        state=decision.state,
        reason=decision.reason,
        frequency=frequency,
        matches={match["saved_search_id"]: match for match in matches},
        listing=event.raw["listing"],
        entered_by=event.data.entered_by,
        attempts=0,
        created_at=now(),
        not_before=now(),
    )
