"""Use cases of feedback: a person's yes or no to a home, what it teaches, what it suggests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.quantities import major
from services.matching.engine.sentences.reasons import CATALOGS, by_weight
from services.matching.engine.sentences.taste_sentences import TasteSentences
from services.matching.engine.world import World
from services.matching.feedback import taste
from services.matching.handlers import Deps, patched_search
from services.matching.model import Feedback, SavedSearch
from services.matching.store.records import as_listing, as_search
from shared.errors import Invalid, NotFound
from shared.messaging.event import now
from shared.storage.mongo import Document
from shared.vocabulary.i18n import translations

NEWEST = 200
# So many refusals of one kind are a pattern worth asking about.
PATTERN = 3


def say(deps: Deps, agency_id: str, contact_id: str, listing_id: str, opinion: Mapping[str, Any], by: str) -> Feedback:
    """Take what a person says of a home; the pair is settled a moment later."""
    try:
        deps.contacts.of(agency_id).may_be_ours(contact_id)
    except Invalid as refused:
        raise NotFound(refused.detail) from None
    deps.listings.of(agency_id).document(listing_id)
    store = deps.feedback.of(agency_id)
    feedback = store.get(contact_id, listing_id) or Feedback(contact_id, listing_id)
    if feedback.say(opinion, by, now()):
        store.save(feedback)
    return feedback


def said(deps: Deps, agency_id: str, contact_id: str, listing_id: str) -> Feedback:
    """What a person said of a home; NotFound where that is nothing."""
    found = deps.feedback.of(agency_id).get(contact_id, listing_id)
    if found is None:
        raise NotFound("Nothing was said of this home.")
    return found


@dataclass(frozen=True)
class Judged:
    """A home and what was said of it."""

    home: Listing
    said: Feedback


def judged(deps: Deps, agency_id: str, contact_id: str) -> list[Judged]:
    """A person's newest opinions with their homes, oldest first."""
    said = deps.feedback.of(agency_id).newest(contact_id, NEWEST)
    homes = deps.listings.of(agency_id).by_ids(one.listing_id for one in said)
    return [Judged(as_listing(homes[one.listing_id]), one) for one in said if one.listing_id in homes]


def ranked(
    items: list[Document],
    homes: Mapping[str, Document],
    search: Search,
    known: list[Judged],
    world: World,
    language: str,
) -> list[Document]:
    """A page of matches in the order of score and taste, each moved home with its reason; as it is without opinions."""
    if not known:
        return items
    learned = taste.learn([(taste.facets(search, one.home, world), *taste.LABELS[_yes(one)]) for one in known])
    facets = [taste.facets(search, as_listing(homes[item["listing_id"]]), world) for item in items]
    figures = [learned.figure(one) for one in facets]
    order = taste.order((item["score"], figure) for item, figure in zip(items, figures, strict=True))
    teller = TasteSentences(translations(CATALOGS, language), language)
    page = []
    for place, at in enumerate(order):
        moved = _moved(learned.shares(facets[at]), at - place, known, teller)
        page.append(items[at] | {"taste": figures[at], "reasons": by_weight([*items[at]["reasons"], *moved])})
    return page


def _yes(one: Judged) -> str:
    return one.said.preference or ""


def _moved(shares: list[taste.Share], places: int, known: list[Judged], teller: TasteSentences) -> Iterator[Document]:
    """The one strongest reason why a home stands higher (places > 0) or lower than its score alone would put it."""
    up = places > 0
    strongest = next((one for one in shares if places and one.moved and (one.moved > 0) == up), None)
    if strongest is not None:
        figures = {"facet": strongest.name, "places": abs(places)}
        code = f"taste.{'up' if up else 'down'}"
        yield {"code": code, "figures": figures, "text": _text(strongest, up, known, teller)}


def _text(share: taste.Share, up: bool, known: list[Judged], teller: TasteSentences) -> str:
    part, _, word = share.name.partition(".")
    if part == "type":
        return teller.kind(up, word)
    if part != "has":
        return teller.number(up, share.name)
    has = share.value > 0
    # the evidence for "up" is a liked home like this one; for "down", a refused one; else the opposite of both
    alike = [one for one in known if word in (one.home.features if has else one.home.features_absent)]
    evident = any((one.said.preference != "discard") == up for one in alike)
    return teller.word(up, has, up if evident else not up, word)


def suggestions(deps: Deps, agency_id: str, saved_search_id: str, language: str) -> list[Document]:
    """Changes of the wishes that the refusals suggest, each with its patch and what it leaves; the person decides."""
    store = deps.searches.of(agency_id)
    search = store.get(saved_search_id)
    asked = as_search(store.document(saved_search_id))
    known = judged(deps, agency_id, search.contact_id)
    index = deps.ready_index()
    world = deps.world_of_contact(agency_id, search.contact_id)
    teller = TasteSentences(translations(CATALOGS, language), language)
    found = [*_by_words(asked, search, known, teller), *_by_reasons(asked, known, teller)]
    if not found:
        return []
    before = index.count_met(asked, world)
    reading = deps.lexicons.of(agency_id)

    def effect(patch: Document) -> Document:
        stay = index.count_met(patched_search(search, patch, reading), world)
        return {"stay": stay, "of": before, "text": teller.effect(stay, before)}

    return [one | {"effect": effect(one["patch"])} for one in found]


def _by_words(asked: Search, search: SavedSearch, known: list[Judged], teller: TasteSentences) -> Iterator[Document]:
    """Features that every refused pattern shares and no liked home has, and the other way round."""
    refused = [one.home for one in known if one.said.preference == "discard"]
    liked = [one.home for one in known if one.said.preference != "discard"]
    settled = {*asked.must_have, *asked.wont_accept, *asked.preferences}
    words = sorted({word for home in refused for word in (*home.features, *home.features_absent)} - settled)
    for word in words:
        having = sum(word in home.features for home in refused)
        lacking = sum(word in home.features_absent for home in refused)
        if _pattern(having, refused) and not any(word in home.features for home in liked):
            patch = {"wont_accept": [*search.wishes.get("wont_accept", []), word]}
            yield _suggestion("wont_accept", word, having, patch, teller.without(having, word))
        if _pattern(lacking, refused) and not any(word in home.features_absent for home in liked):
            patch = {"must_have": [*search.wishes.get("must_have", []), word]}
            yield _suggestion("must_have", word, lacking, patch, teller.must(lacking, word))


def _pattern(count: int, refused: list[Listing]) -> bool:
    return count >= PATTERN and 2 * count > len(refused)


def _suggestion(code: str, word: str, count: int, patch: Document, text: str) -> Document:
    return {"code": code, "figures": {"feature": word, "count": count}, "patch": patch, "text": text}


def _by_reasons(asked: Search, known: list[Judged], teller: TasteSentences) -> Iterator[Document]:
    """Bounds drawn just inside what was refused as too expensive or too small, where no liked home is cut off."""
    yield from _cheaper(asked, [one for one in known if one.home.currency == asked.currency], teller)
    yield from _larger(asked, known, teller)


def _cheaper(asked: Search, known: list[Judged], teller: TasteSentences) -> Iterator[Document]:
    refused, liked = _figures(known, "too_expensive", "price")
    if len(refused) < PATTERN or asked.currency is None:
        return
    most = _rounded_down(min(refused) - 1)
    low, high = asked.bounds.of("price")
    if max([*liked, low or 0, 1]) <= most and (high is None or most < high):
        figures = {"count": len(refused), "amount": major(most), "currency": asked.currency}
        text = teller.cheaper(len(refused), major(most) or 0, asked.currency)
        yield {"code": "list_price_max", "figures": figures, "patch": {"list_price_max": major(most)}, "text": text}


def _larger(asked: Search, known: list[Judged], teller: TasteSentences) -> Iterator[Document]:
    refused, liked = _figures(known, "too_small", "living_area")
    if len(refused) < PATTERN:
        return
    least = (max(refused) // 100 + 1) * 100
    low, high = asked.bounds.of("living_area")
    if (low or 0) < least <= min([*liked, high or least]):
        figures = {"count": len(refused), "area": major(least)}
        text = teller.larger(len(refused), major(least) or 0)
        yield {"code": "living_area_min", "figures": figures, "patch": {"living_area_min": major(least)}, "text": text}


def _figures(known: list[Judged], reason: str, name: str) -> tuple[list[int], list[int]]:
    """One figure of the homes refused for a reason, and of the homes that were not refused; where it is known."""
    refused = [one.home for one in known if one.said.preference == "discard" and one.said.reason == reason]
    liked = [one.home for one in known if one.said.preference != "discard"]
    told = [
        [figure for home in homes if (figure := getattr(home.figures, name)) is not None] for homes in (refused, liked)
    ]
    return told[0], told[1]


def _rounded_down(hundredths: int) -> int:
    """An amount as people say it: two figures and zeros, whole units at least."""
    step = int(10 ** max(2, len(str(hundredths)) - 2))
    return hundredths // step * step
