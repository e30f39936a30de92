"""What is asked of one home: whom another price would bring, and what people would like to know of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from services.matching.engine.criteria import UNKNOWN
from services.matching.engine.evaluate import evaluate
from services.matching.engine.facts import Listing
from services.matching.engine.index.found import Hit
from services.matching.engine.likeness import at_price
from services.matching.engine.quantities import hundredths
from services.matching.engine.world import World
from services.matching.handlers import Deps
from services.matching.records import as_listing, as_search
from shared.errors import Invalid, Unavailable
from shared.mongo import Document

# People whom an alert of a new price would reach at most, by id; their number is told whole.
MOST_TOLD = 200
# Pairs that are looked through for what is not stated, best first.
MOST_PAIRS = 400


def price_effect(deps: Deps, agency_id: str, listing_id: str, price: float) -> Document:
    """Whom a home would suit at another price that it does not suit now, and the other way round."""
    home = as_listing(deps.listings.of(agency_id).document(listing_id))
    if home.currency is None:
        raise Invalid("This home has no currency to count in.", {"price": ["The home has no price yet."]})
    world = _world(deps, agency_id, listing_id)
    try:
        then = _suited(deps, at_price(home, hundredths(price, 10**12)), world)
    except ValueError as error:
        raise Invalid("The price cannot be read.", {"price": [str(error)]}) from None
    asked_now = home.figures[0]
    now = [] if asked_now is None else _suited(deps, at_price(home, asked_now), world)
    before, after = _people(now), _people(then)
    alerted = _alerted(deps, agency_id, [hit for hit in then if hit.contact_id not in before])
    return {
        "price": price,
        "currency": home.currency,
        "contacts_now": len(before),
        "contacts_then": len(after),
        "gained": len(after - before),
        "lost": len(before - after),
        "alerts_on": len(alerted),
        "alerted_contact_ids": alerted[:MOST_TOLD],
    }


def questions(deps: Deps, agency_id: str, listing_id: str) -> list[Document]:
    """What is not stated of a home and asked for: how many people wait for it, how many would like it."""
    home = as_listing(deps.listings.of(agency_id).document(listing_id))
    world = _world(deps, agency_id, listing_id)
    found = [hit for hit in deps.index.matches_of_listing(home, world) if hit.kind in ("match", "possible")]
    wishes = deps.searches.of(agency_id).by_ids(hit.id for hit in found[:MOST_PAIRS])
    waiting: dict[str, set[str]] = defaultdict(set)
    wishing: dict[str, set[str]] = defaultdict(set)
    for document in wishes.values():
        search = as_search(document)
        for criterion in evaluate(search, home, world).criteria:
            if criterion.state == UNKNOWN or ("." in criterion.name and criterion.found is None):
                asking = waiting if criterion.hard else wishing
                asking[criterion.name.rpartition(".")[2]].add(search.contact_id or search.id)
    told = [_question(name, waiting[name], wishing[name]) for name in {*waiting, *wishing}]
    return sorted(told, key=lambda one: (-one["waiting"], -one["wishing"], one["about"]))


def _question(about: str, waiting: set[str], wishing: set[str]) -> Document:
    return {"about": about, "waiting": len(waiting), "wishing": len(wishing - waiting)}


def _suited(deps: Deps, home: Listing, world: World) -> list[Hit]:
    return list(deps.index.matches_of_listing(home, world, only_matches=True))


def _people(hits: Iterable[Hit]) -> set[str | None]:
    return {hit.contact_id for hit in hits}


def _alerted(deps: Deps, agency_id: str, hits: list[Hit]) -> list[str]:
    """The people of these searches who want alerts, best first."""
    wishes = deps.searches.of(agency_id).by_ids(hit.id for hit in hits)
    on = [hit for hit in hits if wishes.get(hit.id, {}).get("alerts") not in (None, "off")]
    return list(dict.fromkeys(hit.contact_id for hit in on if hit.contact_id))


def _world(deps: Deps, agency_id: str, listing_id: str) -> World:
    if not deps.follower.ready.is_set():
        raise Unavailable("The index is being built; try again in a moment.")
    discarded: Any = deps.crosser.discarded(agency_id, "listing_id", listing_id)
    return World(datetime.now(UTC).date(), deps.crosser.rates, discarded)
