"""Use case: preview a draft search before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, TypedDict, cast

from services.matching.advice import market_context
from services.matching.advice.market_context import InterpretedWord, PriceBars
from services.matching.deps import Deps
from services.matching.engine.advice.draft_advice import Gain, advise
from services.matching.engine.index.queries.listing_panel import MarketPoint
from services.matching.engine.sentences.advice_sentences import AdviceSentences
from services.matching.engine.sentences.reasons import CATALOGS
from services.matching.matches.pair_reply import PairReply, pair_reply
from services.matching.model import SavedSearch
from services.matching.store.documents import SearchDocument
from services.matching.store.records import as_search
from services.matching.store.searches import to_document
from services.matching.vocabulary.interpretation import state_wishes
from shared.vocabulary.i18n import translations

BEST = 20


class CriterionLabel(TypedDict):
    """A criterion and what it is called in the reader's language."""

    criterion: str
    label: str


class FunnelStep(CriterionLabel):
    """Listings that are left after this criterion and all before it."""

    left: int


class SingleMiss(CriterionLabel):
    """Listings that fail because of this criterion alone."""

    count: int


class Counterfactual(TypedDict):
    """A change of the search, how many more listings match with it, and the patch that makes it."""

    change: str
    figures: dict[str, Any]  # names and values depend on the change
    text: str
    gain: int
    patch: dict[str, Any]  # fields of a saved search


class Preview(TypedDict):
    """The preview of a draft search: `total` listings match, out of `everything` on the market."""

    everything: int
    total: int
    possible: int
    near: int
    funnel: list[FunnelStep]
    misses_by_one: list[SingleMiss]
    counterfactuals: list[Counterfactual]
    top: list[PairReply]
    homes: list[MarketPoint]
    prices: PriceBars | None
    words: list[InterpretedWord]
    warnings: list[str]


def preview(deps: Deps, agency_id: str, data: Mapping[str, Any], language: str) -> Preview:
    """Preview the draft search of a validated request; nothing is stored.

    The preview counts the matches, what each criterion excludes, and what each change would add. With a contact, the
    listings that this person discarded or owns are left out.
    """
    contact_id = data.get("contact_id")
    # only a draft may have no contact
    draft = SavedSearch("draft", agency_id, cast("str", contact_id), {}, {})
    warnings = state_wishes(draft, data, deps.lexicons.lately(agency_id))
    document = cast("SearchDocument", {**to_document(draft), "agency_id": agency_id})
    search, world = as_search(document), deps.world_of_contact(agency_id, contact_id)
    panel = deps.ready_index().panel(search, world)
    advice = advise(panel, search, draft.wishes, draft.resolved)
    matches = panel.met(search, advice.rows)
    ranking = matches.best(market_context.MOST_MATCHES, by_kind=True)
    best = [match for match in islice(ranking, BEST) if match.kind != "near"]
    top: list[PairReply] = [
        {**pair_reply(listing.record, search, document, world, language), "listing": listing.summary}
        for listing in deps.recent_listings.of(agency_id, best)
    ]
    sentences = AdviceSentences(translations(CATALOGS, language), language)

    def criterion(name: str) -> CriterionLabel:
        return {"criterion": name, "label": sentences.criterion(name)}

    return {
        "everything": advice.everything,
        "total": advice.matches,
        "possible": advice.possible,
        "near": advice.near,
        "funnel": [{**criterion(name), "left": left} for name, left in advice.funnel],
        "misses_by_one": [{**criterion(name), "count": count} for name, count in advice.misses],
        "counterfactuals": [_gain(gain, sentences) for gain in advice.gains],
        "top": top,
        "homes": market_context.points(panel, search, matches, ranking),
        "prices": market_context.prices(panel, search),
        "words": market_context.interpreted_words(draft.resolved, language),
        "warnings": warnings,
    }


def _gain(gain: Gain, sentences: AdviceSentences) -> Counterfactual:
    change = gain.change
    return {
        "change": change.code,
        "figures": change.figures,
        "text": sentences.change(change.code, change.figures, gain.homes),
        "gain": gain.homes,
        "patch": change.patch,
    }
