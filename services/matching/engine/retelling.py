"""One listing told to many people: what was said of one wish is said again where the next person states it alike."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Sequence

from services.matching.engine.criteria import Criterion, gates
from services.matching.engine.evaluate import criteria_of
from services.matching.engine.facts import NUMERIC, Listing, Search
from services.matching.engine.reasons import tell_each
from services.matching.engine.world import World

ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
DRAWERS = ("reasons", "misses", "unknowns")
# Wishes of one language that are kept; ten thousand circles of ten thousand people are not worth their memory.
REMEMBERED = 4096
_NAMES = tuple(name for name, *_ in NUMERIC)
# The drawer and the sentence as JSON, of a criterion and of what it rests on.
Told = tuple[tuple[str, str], ...]


class Retelling:
    """Tells one listing as `reasons.tell` does, as JSON text."""

    def __init__(self, listing: Listing, world: World) -> None:
        self.listing, self.world = listing, world
        self._told: dict[str, dict[Hashable, Told]] = {}

    def tell(self, search: Search, language: str) -> str:
        """The members "reasons", "misses" and "unknowns" of a JSON object, without its braces."""
        if any(True for _ in gates(search, self.listing, self.world)):
            parts = list(self._anew(criteria_of(search, self.listing, self.world), search, language))
        else:
            parts = self._remembered(search, language)
        drawers: dict[str, list[str]] = {name: [] for name in DRAWERS}
        for part in parts:
            for drawer, text in part:
                drawers[drawer].append(text)
        return ", ".join(f'"{name}": [{", ".join(texts)}]' for name, texts in drawers.items())

    def _remembered(self, search: Search, language: str) -> list[Told]:
        told = self._told.setdefault(language, {})
        wishes = list(_wishes(search))
        missing = [at for at, wish in enumerate(wishes) if wish not in told]
        if missing:
            if len(told) > REMEMBERED:
                told.clear()
                missing = list(range(len(wishes)))
            criteria = criteria_of(search, self.listing, self.world)
            new = self._anew([criteria[at] for at in missing], search, language)
            told.update(zip([wishes[at] for at in missing], new, strict=True))
        return [told[wish] for wish in wishes]

    def _anew(self, criteria: Sequence[Criterion], search: Search, language: str) -> Iterator[Told]:
        for one in tell_each(criteria, search, self.listing, language):
            yield tuple((drawer, ENCODER.encode(reason.to_wire())) for drawer, reason in one)


def _wishes(search: Search) -> Iterator[Hashable]:
    """For every criterion of a search, in their order, all of the search that it is judged and told by."""
    tolerance = search.tolerance
    for name, bounds in zip(_NAMES, search.bounds, strict=True):
        if bounds is not None:
            yield name, bounds, tolerance, search.currency if name == "price" else None
    if search.areas:
        yield search.areas
    if search.property_sub_types:
        yield tuple(search.property_sub_types.values())
    for word in search.must_have.items():
        yield "must_have", word
    for word in search.wont_accept.items():
        yield "wont_accept", word
    for word in search.preferences.items():
        yield search.weights[word[0]], word
