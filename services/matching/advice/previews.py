"""Use cases of advice: a draft search looked at before it is saved, demand at other prices, similar homes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from services.matching.advice import market_context as surroundings
from services.matching.crossing.match_events import summary_of
from services.matching.engine.advice.draft_advice import Advice, Gain, advise
from services.matching.engine.advice.likeness import at_price, like, likeness
from services.matching.engine.records.quantities import hundredths, major
from services.matching.engine.sentences.advice_sentences import AdviceSentences
from services.matching.engine.sentences.likeness_sentences import LikenessSentences
from services.matching.engine.sentences.reasons import CATALOGS
from services.matching.handlers import Deps, wish
from services.matching.matches.pair_reply import pair_reply
from services.matching.model import SavedSearch
from services.matching.store import to_document
from services.matching.store.records import as_listing, as_search
from shared.errors import Invalid
from shared.storage.mongo import Document
from shared.vocabulary.i18n import translations

BEST = 20
# Where the price might go, in per cent of the present one.
STEPS = (-10, -5, -2.5, 0, 2.5, 5)
# Homes that are compared one by one, of those that are roughly alike.
COMPARED = 200


def preview(deps: Deps, agency_id: str, data: Mapping[str, Any], language: str) -> Document:
    """What a draft search would find now, what each wish costs and what would help; nothing is stored."""
    draft = SavedSearch("draft", agency_id, data.get("contact_id"), {}, {})  # type: ignore[arg-type]
    warnings = wish(draft, data, deps.lexicons.lately(agency_id))
    document = {**to_document(draft), "agency_id": agency_id}
    search = as_search(document)
    world = deps.world_of_contact(agency_id, data.get("contact_id"))
    panel = deps.ready_index().panel(search, world)
    advice = advise(panel, search, draft.wishes, draft.resolved)
    met = panel.met(search, advice.rows)
    ranked = met.best(surroundings.MOST_MET, by_kind=True)
    top = deps.homes.of(agency_id, [hit for hit in islice(ranked, BEST) if hit.kind != "near"])
    told = [pair_reply(home.listing, search, document, world, language) | {"listing": home.summary} for home in top]
    return {
        **_advice_told(advice, language),
        "top": told,
        "homes": surroundings.points(panel, search, met, ranked),
        "prices": surroundings.prices(panel, search),
        "words": surroundings.words(draft.resolved, language),
        "warnings": warnings,
    }


def _advice_told(advice: Advice, language: str) -> Document:
    say = AdviceSentences(translations(CATALOGS, language), language)

    def line(name: str) -> Document:
        return {"criterion": name, "label": say.criterion(name)}

    def gain(one: Gain) -> Document:
        change = one.change
        text = say.change(change.code, change.figures, one.homes)
        return {
            "change": change.code,
            "figures": change.figures,
            "text": text,
            "gain": one.homes,
            "patch": change.patch,
        }

    return {
        "everything": advice.everything,
        "total": advice.matches,
        "possible": advice.possible,
        "near": advice.near,
        "funnel": [line(name) | {"left": left} for name, left in advice.funnel],
        "misses_by_one": [line(name) | {"count": homes} for name, homes in advice.misses],
        "counterfactuals": [gain(one) for one in advice.gains],
    }


def demand(deps: Deps, agency_id: str, listing_id: str, prices: Sequence[float], language: str) -> Document:
    """How many people a home would suit at each price; on the market or not."""
    home = as_listing(deps.listings.of(agency_id).document(listing_id))
    now, currency = home.figures.price, home.currency
    if currency is None or (now is None and not prices):
        raise Invalid("This home has no price to start from.", {"prices": ["Say which prices."]})
    index, world = deps.ready_index(), deps.world_of_listing(agency_id, home.id)
    asked = sorted(
        {*map(_exact, prices)} | (set() if prices else _steps(now or 0)) | ({now} if now is not None else set())
    )
    say = AdviceSentences(translations(CATALOGS, language), language)
    found = index.demand([at_price(home, price) for price in asked], world)
    curve = []
    for at, price in enumerate(asked):
        people = len(found.people(at))
        text = say.demand(home.transaction, people, major(price) or 0, currency)
        step = {"price": major(price), "searches": len(found.states[at]), "contacts": people, "current": price == now}
        curve.append(step | {"text": text})
    return {"listing_id": home.id, "transaction": home.transaction, "currency": currency, "curve": curve}


def _exact(price: float) -> int:
    try:
        return hundredths(price, 10**12)
    except ValueError as error:
        raise Invalid("A price cannot be read.", {"prices": [str(error)]}) from None


def _steps(price: int) -> set[int]:
    """Prices around the present one, in whole units."""
    return {round(price * (100 + step) / 10_000) * 100 for step in STEPS if step}


def similar(deps: Deps, agency_id: str, listing_id: str, limit: int, language: str) -> Document:
    """The homes on the market that are most like one, with what they share and where they differ."""
    home = as_listing(deps.listings.of(agency_id).document(listing_id))
    index, world = deps.ready_index(), deps.world()
    near = [other for other in index.met_by(like(home), world, limit=COMPARED + 1) if other != home.id]
    others = deps.listings.of(agency_id).by_ids(near)
    ranked = [(*likeness(home, as_listing(other), world), other) for other in others.values()]
    ranked.sort(key=lambda row: (-row[0], row[2]["_id"]))
    say = LikenessSentences(translations(CATALOGS, language), language)
    return {
        "items": [
            {
                "listing": summary_of(other),
                "similarity": figure,
                "reasons": [reason for trait in traits for reason in say.tell(trait)],
            }
            for figure, traits, other in ranked[:limit]
        ]
    }
