"""What somebody says of a home settles the pairs of that person and that home, at once and in one transaction.

Listing and searches are read and judged inside the transaction, so no index is asked. A pair that is discarded leaves
a row of kind `discarded`: a crossing that began before and would still write the pair meets that row, is tried again
by MongoDB, and then sees the opinion. Withdrawn, the pair is judged afresh.
"""

from __future__ import annotations

from services.matching.crossing.match_events import NOTHING, Opinions, Pair, Teller, Tellings, tell_found, tell_lost
from services.matching.crossing.match_row import news_of, priced, row_of
from services.matching.engine.evaluate import evaluate
from services.matching.handlers import Deps
from services.matching.model import DISCARDED
from services.matching.store.records import as_listing, as_search
from shared.contracts.matching import FeedbackGiven
from shared.messaging.event import Event
from shared.storage.mongo import Document


def settle(deps: Deps, event: Event[FeedbackGiven]) -> None:
    """Bring the rows of one person and home in line with what is said now, whatever the event said then."""
    contact_id, listing_id = event.data.contact_id, event.data.listing_id
    home = deps.listings.of(event.agency_id).by_ids([listing_id]).get(listing_id)
    if home is None or deps.contacts.of(event.agency_id).is_erased(contact_id):
        return
    wishes = {d["_id"]: d for d in deps.searches.of(event.agency_id).documents_of(contact_id)}
    _hold(deps, event.agency_id, [home], wishes)
    pairs = _judged(deps, event.agency_id, home, wishes)
    known = deps.crosser.matches.of(event.agency_id).existing(pair.id for pair in pairs)
    _leave(deps, event.agency_id, [pair for pair in pairs if pair.kind == "none"], known, home)
    _enter(deps, event.agency_id, [pair for pair in pairs if pair.kind != "none"], known, home, wishes)


def _hold(deps: Deps, agency_id: str, homes: list[Document], wishes: dict[str, Document]) -> None:
    """Let nobody store a newer version of what is judged here before this transaction has ended."""
    for home in homes:
        deps.listings.of(agency_id).hold(home["_id"], home["sequence"])
    for wish in wishes.values():
        deps.searches.of(agency_id).hold(wish["_id"], wish["sequence"])


def _judged(deps: Deps, agency_id: str, home: Document, wishes: dict[str, Document]) -> list[Pair]:
    listing = as_listing(home)
    searches = [as_search(document) for document in wishes.values()]
    discarded = deps.feedback.of(agency_id).discards("listing_id", listing.id)
    world = deps.world(discarded)
    return [Pair.judged(search, listing, evaluate(search, listing, world)) for search in searches]


def _leave(deps: Deps, agency_id: str, pairs: list[Pair], known: dict[str, Document], home: Document) -> None:
    store, said = deps.crosser.matches.of(agency_id), _said(deps, agency_id, pairs)
    lost = [row for pair in pairs if (row := known.get(pair.id)) and row["kind"] != DISCARDED]
    store.drop(pair.id for pair in pairs)
    no = [pair for pair in pairs if said.get(pair.opinion, NOTHING)[1]]
    store.put([row_of(pair, "criteria", None, priced(home)) | {"kind": DISCARDED} for pair in no], {})
    if lost:
        tell_lost(store, agency_id, lost, "feedback", pairs[0].listing_sequence, said)


def _enter(
    deps: Deps,
    agency_id: str,
    pairs: list[Pair],
    known: dict[str, Document],
    home: Document,
    searches: dict[str, Document],
) -> None:
    store, said = deps.crosser.matches.of(agency_id), _said(deps, agency_id, pairs)
    rows = {pair.id: row_of(pair, "criteria", known.get(pair.id), priced(home)) for pair in pairs}
    store.put(list(rows.values()), {pair_id: row for pair_id, row in known.items() if pair_id in rows})
    news = (news_of(pair, "criteria", rows[pair.id], known.get(pair.id)) for pair in pairs)
    languages = deps.contacts.of(agency_id).languages({pair.contact_id for pair in pairs})
    tellings = Tellings(deps.world())
    teller = Teller(languages, said, tellings, deps.searches.of(agency_id).by_ids)
    tell_found(store, agency_id, [one for one in news if one], {home["_id"]: home}, searches, teller)


def _said(deps: Deps, agency_id: str, pairs: list[Pair]) -> Opinions:
    return deps.feedback.of(agency_id).versions("listing_id", pairs[0].listing_id) if pairs else {}
