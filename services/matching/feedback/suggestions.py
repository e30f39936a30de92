"""Use case: changes of the wishes that a person's refusals suggest; the person decides about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from services.matching.deps import Deps
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.quantities import major
from services.matching.engine.sentences.reasons import CATALOGS, ReasonReply
from services.matching.engine.sentences.taste_sentences import TasteSentences
from services.matching.feedback.opinions import JudgedListing, judged_listings
from services.matching.model import SavedSearch
from services.matching.store.records import as_search
from services.matching.vocabulary.interpretation import patched_search
from shared.vocabulary.i18n import translations

# How many refusals of one kind make a suggestion.
PATTERN = 3


class Change(ReasonReply):
    """A suggested change of the wishes as a question, and the patch that makes it."""

    patch: dict[str, Any]  # fields of a saved search


class Effect(TypedDict):
    """How many of the matches remain."""

    stay: int
    of: int
    text: str


class Suggestion(Change):
    """A change with the number of matches that remain."""

    effect: Effect


def suggestions(deps: Deps, agency_id: str, saved_search_id: str, language: str) -> list[Suggestion]:
    """Changes of the wishes that the refusals suggest, each with its patch and the matches that remain."""
    store = deps.searches.of(agency_id)
    saved = store.get(saved_search_id)
    search = as_search(store.get_document(saved_search_id))
    judged = judged_listings(deps, agency_id, saved.contact_id)
    index = deps.ready_index()
    world = deps.world_of_contact(agency_id, saved.contact_id)
    sentences = TasteSentences(translations(CATALOGS, language), language)
    changes = [*_by_words(search, saved, judged, sentences), *_by_reasons(search, judged, sentences)]
    if not changes:
        return []
    before = index.count_met(search, world)
    reading = deps.lexicons.of(agency_id)

    def effect(patch: Mapping[str, Any]) -> Effect:
        stay = index.count_met(patched_search(saved, patch, reading), world)
        return {"stay": stay, "of": before, "text": sentences.effect(stay, before)}

    return [{**change, "effect": effect(change["patch"])} for change in changes]


def _by_words(
    search: Search, saved: SavedSearch, judged: list[JudgedListing], sentences: TasteSentences
) -> Iterator[Change]:
    """Features that every refused pattern shares and no liked listing has, and the other way round."""
    refused, liked = _sorted_out(judged)
    settled = {*search.must_have, *search.wont_accept, *search.preferences}
    words = sorted({word for listing in refused for word in (*listing.features, *listing.features_absent)} - settled)
    for word in words:
        having = sum(word in listing.features for listing in refused)
        lacking = sum(word in listing.features_absent for listing in refused)
        if _pattern(having, refused) and not any(word in listing.features for listing in liked):
            patch = {"wont_accept": [*saved.wishes.get("wont_accept", []), word]}
            yield _suggestion("wont_accept", word, having, patch, sentences.without(having, word))
        if _pattern(lacking, refused) and not any(word in listing.features_absent for listing in liked):
            patch = {"must_have": [*saved.wishes.get("must_have", []), word]}
            yield _suggestion("must_have", word, lacking, patch, sentences.must(lacking, word))


def _sorted_out(judged: list[JudgedListing]) -> tuple[list[Listing], list[Listing]]:
    """The refused listings, and the liked ones."""
    refused = [one.listing for one in judged if one.is_discarded]
    return refused, [one.listing for one in judged if not one.is_discarded]


def _pattern(count: int, refused: list[Listing]) -> bool:
    return count >= PATTERN and 2 * count > len(refused)


def _suggestion(code: str, word: str, count: int, patch: dict[str, Any], text: str) -> Change:
    return {"code": code, "figures": {"feature": word, "count": count}, "patch": patch, "text": text}


def _by_reasons(search: Search, judged: list[JudgedListing], sentences: TasteSentences) -> Iterator[Change]:
    """A price just below the too expensive homes, an area just above the too small ones; liked homes stay within."""
    yield from _cheaper(search, [one for one in judged if one.listing.currency == search.currency], sentences)
    yield from _larger(search, judged, sentences)


def _cheaper(search: Search, judged: list[JudgedListing], sentences: TasteSentences) -> Iterator[Change]:
    refused, liked = _figures(judged, "too_expensive", "price")
    if len(refused) < PATTERN or search.currency is None:
        return
    most = _rounded_down(min(refused) - 1)
    low, high = search.bounds.of("price")
    if max([*liked, low or 0, 1]) <= most and (high is None or most < high):
        figures = {"count": len(refused), "amount": major(most), "currency": search.currency}
        text = sentences.cheaper(len(refused), major(most) or 0, search.currency)
        yield {"code": "list_price_max", "figures": figures, "patch": {"list_price_max": major(most)}, "text": text}


def _larger(search: Search, judged: list[JudgedListing], sentences: TasteSentences) -> Iterator[Change]:
    refused, liked = _figures(judged, "too_small", "living_area")
    if len(refused) < PATTERN:
        return
    least = (max(refused) // 100 + 1) * 100
    low, high = search.bounds.of("living_area")
    if (low or 0) < least <= min([*liked, high or least]):
        figures = {"count": len(refused), "area": major(least)}
        text = sentences.larger(len(refused), major(least) or 0)
        yield {"code": "living_area_min", "figures": figures, "patch": {"living_area_min": major(least)}, "text": text}


def _figures(judged: list[JudgedListing], reason: str, name: str) -> tuple[list[int], list[int]]:
    """One figure of the homes refused for a reason, and of the homes that were not refused; where it is known."""
    refused = [one.listing for one in judged if one.is_discarded and one.feedback.reason == reason]
    liked = _sorted_out(judged)[1]
    return _known_figures(refused, name), _known_figures(liked, name)


def _known_figures(listings: list[Listing], name: str) -> list[int]:
    return [figure for listing in listings if (figure := getattr(listing.figures, name)) is not None]


def _rounded_down(hundredths: int) -> int:
    """An amount rounded as people say it: two significant figures, whole units at least."""
    step = int(10 ** max(2, len(str(hundredths)) - 2))
    return hundredths // step * step
