"""The reasons of one listing for many searches; the wording of a criterion is cached and reused for equal criteria."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Sequence

from services.matching.engine.criteria import Criterion, gates
from services.matching.engine.evaluate import criteria_of
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.reasons import reasons_by_criterion
from services.matching.engine.sentences.wording_marks import marks, wishes
from services.matching.engine.world import World

ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
DRAWERS = ("reasons", "misses", "unknowns")
# How many wordings of one language are kept; caching ten thousand different circles would waste memory.
REMEMBERED = 4096
# The group of reasons and the sentence as JSON, for a criterion and for the decisions behind it.
Told = tuple[tuple[str, str], ...]


class ListingReasons:
    """The reasons of one listing, equal to those of `reasons.reasons_of`, as JSON text."""

    def __init__(self, listing: Listing, world: World) -> None:
        self.listing, self.world, self.today = listing, world, world.today.isoformat()
        self._told: dict[str, dict[Hashable, Told]] = {}

    def encode(self, search: Search, language: str, wordings: Sequence[str] = ()) -> str:
        """The members "reasons", "misses" and "unknowns" of a JSON object, without its braces.

        The wordings are cached under `wordings`, so that `recall` finds them for another search with the same.
        """
        if any(True for _ in gates(search, self.listing, self.world)):
            return _joined(self._anew(criteria_of(search, self.listing, self.world), search, language))
        return _joined(self._remembered(search, language, marks(wordings)))

    def recall(self, wordings: Sequence[str], valid_until: str | None, language: str) -> str | None:
        """The same text for a search that meets the listing, from cached wordings; None where one is missing."""
        stated, told = marks(wordings), self._told.get(language, {})
        if not stated or (valid_until is not None and valid_until < self.today):
            return None
        parts = [told[mark] for mark in stated if mark in told]
        return _joined(parts) if len(parts) == len(stated) else None

    def _remembered(self, search: Search, language: str, stated: Sequence[Hashable]) -> list[Told]:
        told = self._told.setdefault(language, {})
        stated = stated or list(wishes(search))
        missing = [at for at, wish in enumerate(stated) if wish not in told]
        if missing:
            if len(told) > REMEMBERED:
                told.clear()
                missing = list(range(len(stated)))
            criteria = criteria_of(search, self.listing, self.world)
            new = self._anew([criteria[at] for at in missing], search, language)
            told.update(zip([stated[at] for at in missing], new, strict=True))
        return [told[wish] for wish in stated]

    def _anew(self, criteria: Sequence[Criterion], search: Search, language: str) -> Iterator[Told]:
        for one in reasons_by_criterion(criteria, search, self.listing, language):
            yield tuple((drawer, ENCODER.encode(reason.to_wire())) for drawer, reason in one)


def _joined(parts: Iterable[Told]) -> str:
    drawers: dict[str, list[str]] = {name: [] for name in DRAWERS}
    for part in parts:
        for drawer, text in part:
            drawers[drawer].append(text)
    return ", ".join(f'"{name}": [{", ".join(texts)}]' for name, texts in drawers.items())
