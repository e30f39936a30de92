"""Use cases: how many people a listing would suit at other prices, and which people one price would add and lose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np

from services.matching import codes
from services.matching.advice.prices import exact_price
from services.matching.deps import Deps
from services.matching.engine.advice.likeness import at_price
from services.matching.engine.records.quantities import major
from services.matching.engine.sentences.advice_sentences import AdviceSentences
from services.matching.engine.sentences.reasons import CATALOGS
from services.matching.store.records import as_listing
from shared.errors import Invalid
from shared.vocabulary.i18n import translations

# Price steps to try, in per cent of the present price.
STEPS = (-10, -5, -2.5, 0, 2.5, 5)
# The most contacts of an alert that are listed by id; their count is never cut.


class DemandStep(TypedDict):
    """One price, and how many people the listing would suit at it."""

    price: float
    searches: int
    contacts: int
    current: bool
    text: str


class DemandCurve(TypedDict):
    """The steps, cheapest first."""

    listing_id: str
    transaction: str
    currency: str
    curve: list[DemandStep]


class PriceEffect(TypedDict):
    """People by whether the listing suits them at the price."""

    price: float
    currency: str
    contacts_now: int
    contacts_then: int
    gained: int
    lost: int


def demand_curve(deps: Deps, agency_id: str, listing_id: str, prices: Sequence[float], language: str) -> DemandCurve:
    """How many people a listing would suit at each price, on the market or not; without prices, around its own."""
    listing = as_listing(deps.listings.of(agency_id).get(listing_id))
    present, currency = listing.figures.price, listing.currency
    if currency is None or (present is None and not prices):
        raise Invalid("This home has no price to start from.", {"prices": [codes.NO_PRICES()]})
    index, world = deps.ready_index(), deps.world_of_listing(agency_id, listing_id)
    steps = {exact_price(price, "prices") for price in prices} or _steps(present or 0)
    every = sorted(steps | ({present} if present is not None else set()))
    sentences = AdviceSentences(translations(CATALOGS, language), language)
    demand = index.demand([at_price(listing, price) for price in every], world)
    curve: list[DemandStep] = []
    for at, price in enumerate(every):
        contacts, amount = len(demand.people(at)), major(price) or 0
        curve.append(
            {
                "price": amount,
                "searches": len(demand.states[at]),
                "contacts": contacts,
                "current": price == present,
                "text": sentences.demand(listing.transaction, contacts, amount, currency),
            }
        )
    return {"listing_id": listing.id, "transaction": listing.transaction, "currency": currency, "curve": curve}


def price_effect(deps: Deps, agency_id: str, listing_id: str, price: float) -> PriceEffect:
    """Count the people that another price would add, and those that it would lose."""
    listing = as_listing(deps.listings.of(agency_id).get(listing_id))
    if listing.currency is None:
        raise Invalid("This home has no currency to count in.", {"price": [codes.NO_PRICE_YET()]})
    index, world = deps.ready_index(), deps.world_of_listing(agency_id, listing_id)
    present = listing.figures.price
    prices = [exact_price(price, "price"), *([] if present is None else [present])]
    demand = index.demand([at_price(listing, one) for one in prices], world)
    after = demand.people(0)
    before = demand.people(1) if len(prices) > 1 else after[:0]
    return {
        "price": price,
        "currency": listing.currency,
        "contacts_now": len(before),
        "contacts_then": len(after),
        "gained": len(np.setdiff1d(after, before)),
        "lost": len(np.setdiff1d(before, after)),
    }


def _steps(price: int) -> set[int]:
    """Prices around the present one, in whole units."""
    return {round(price * (100 + step) / 10_000) * 100 for step in STEPS if step}
