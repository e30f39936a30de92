"""Pages of matches in the order of score and taste."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.reasons import CATALOGS, ReasonReply, by_weight
from services.matching.engine.sentences.taste_sentences import TasteSentences
from services.matching.engine.world import World
from services.matching.feedback import taste
from services.matching.feedback.opinions import JudgedListing
from services.matching.matches.pair_reply import PairReply
from shared.vocabulary.i18n import translations


def ranked(
    replies: list[PairReply],
    listings: Mapping[str, Listing],
    search: Search,
    judged: list[JudgedListing],
    world: World,
    language: str,
) -> list[PairReply]:
    """A page of matches in the order of score and taste, each moved one with its reason; unchanged without opinions."""
    if not judged:
        return replies
    learned = taste.learn([(taste.facets(search, one.listing, world), *taste.LABELS[one.preference]) for one in judged])
    facets = [taste.facets(search, listings[reply["listing_id"]], world) for reply in replies]
    figures = [learned.figure(one) for one in facets]
    order = taste.order((reply["score"], figure) for reply, figure in zip(replies, figures, strict=True))
    sentences = TasteSentences(translations(CATALOGS, language), language)
    page: list[PairReply] = []
    for place, at in enumerate(order):
        moved = _moved(learned.shares(facets[at]), at - place, judged, sentences)
        reasons = by_weight([*replies[at]["reasons"], *moved])
        page.append({**replies[at], "taste": figures[at], "reasons": reasons})
    return page


def _moved(
    shares: list[taste.Share], places: int, judged: list[JudgedListing], sentences: TasteSentences
) -> Iterator[ReasonReply]:
    """The strongest reason why a listing is higher (places > 0) or lower than its score alone would place it."""
    up = places > 0
    strongest = next((one for one in shares if places and one.moved and (one.moved > 0) == up), None)
    if strongest is not None:
        figures = {"facet": strongest.name, "places": abs(places)}
        code = f"taste.{'up' if up else 'down'}"
        yield {"code": code, "figures": figures, "text": _text(strongest, up, judged, sentences)}


def _text(share: taste.Share, up: bool, judged: list[JudgedListing], sentences: TasteSentences) -> str:
    part, _, word = share.name.partition(".")
    if part == "type":
        return sentences.kind(up, word)
    if part != "has":
        return sentences.number(up, share.name)
    has = share.value > 0
    # the evidence for "up" is a liked listing like this one; for "down", a refused one; else the opposite of both
    alike = [one for one in judged if word in (one.listing.features if has else one.listing.features_absent)]
    evident = any(one.is_discarded != up for one in alike)
    return sentences.word(up, has, up if evident else not up, word)
