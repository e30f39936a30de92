"""What is asked of one home: whom another price would bring, and what people would like to know of it."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from services.matching.engine.advice.likeness import at_price
from services.matching.engine.index.queries.index_matches import Hit
from services.matching.engine.records.quantities import hundredths
from services.matching.handlers import Deps
from services.matching.store.records import as_listing
from shared.errors import Invalid
from shared.storage.mongo import Document

# People whom an alert of a new price would reach at most, by id; their number is told whole.
MOST_TOLD = 200
# Pairs that are looked through for what is not stated, best first.
MOST_PAIRS = 400


def price_effect(deps: Deps, agency_id: str, listing_id: str, price: float) -> Document:
    """Whom a home would suit at another price that it does not suit now, and the other way round."""
    home = as_listing(deps.listings.of(agency_id).document(listing_id))
    if home.currency is None:
        raise Invalid("This home has no currency to count in.", {"price": ["The home has no price yet."]})
    index, world = deps.ready_index(), deps.world_of_listing(agency_id, listing_id)
    try:
        states = [at_price(home, hundredths(price, 10**12))]
    except ValueError as error:
        raise Invalid("The price cannot be read.", {"price": [str(error)]}) from None
    if home.figures.price is not None:
        states.append(at_price(home, home.figures.price))
    found = index.demand(states, world)
    after = found.people(0)
    before = found.people(1) if len(states) > 1 else after[:0]
    alerted = _alerted(deps, agency_id, list(found.others(0, before).best()))
    return {
        "price": price,
        "currency": home.currency,
        "contacts_now": len(before),
        "contacts_then": len(after),
        "gained": len(np.setdiff1d(after, before)),
        "lost": len(np.setdiff1d(before, after)),
        "alerts_on": len(alerted),
        "alerted_contact_ids": alerted[:MOST_TOLD],
    }


def questions(deps: Deps, agency_id: str, listing_id: str) -> list[Document]:
    """What is not stated of a home and asked for: how many people wait for it, how many would like it."""
    home = as_listing(deps.listings.of(agency_id).document(listing_id))
    index, world = deps.ready_index(), deps.world_of_listing(agency_id, listing_id)
    waiting: dict[str, set[str]] = defaultdict(set)
    wishing: dict[str, set[str]] = defaultdict(set)
    for about, decides, people in index.unstated(home, world, MOST_PAIRS):
        (waiting if decides else wishing)[about].update(people)
    told = [_question(name, waiting[name], wishing[name]) for name in {*waiting, *wishing}]
    return sorted(told, key=lambda one: (-one["waiting"], -one["wishing"], one["about"]))


def _question(about: str, waiting: set[str], wishing: set[str]) -> Document:
    return {"about": about, "waiting": len(waiting), "wishing": len(wishing - waiting)}


def _alerted(deps: Deps, agency_id: str, hits: list[Hit]) -> list[str]:
    """The people of these searches who want alerts, best first."""
    wishes = deps.searches.of(agency_id).by_ids((hit.id for hit in hits), ["alerts"])
    on = [hit for hit in hits if wishes.get(hit.id, {}).get("alerts") not in (None, "off")]
    return list(dict.fromkeys(hit.contact_id for hit in on if hit.contact_id))
