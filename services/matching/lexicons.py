"""The words and places that an agency's listings and searches are read with: the shipped ones, its towns, its own."""

from __future__ import annotations

from dataclasses import dataclass

from services.matching.engine.lexicon import Lexicon
from services.matching.engine.places import places_of
from services.matching.engine.words import Vocabulary, shipped_words
from services.matching.store.vocabulary import TownStore, VocabularyStore

REMEMBERED = 200


@dataclass(frozen=True)
class Reading:
    """What to read words and places with; `version` is the agency's vocabulary's."""

    version: int
    places: Lexicon
    words: Vocabulary


class Lexicons:
    """The readings of all agencies, made again when one changes."""

    def __init__(self, vocabularies: VocabularyStore, towns: TownStore) -> None:
        self.vocabularies, self.towns = vocabularies, towns
        self._made: dict[str, tuple[tuple[int, int], Reading]] = {}

    def of(self, agency_id: str) -> Reading:
        """An agency's reading as the open transaction sees it."""
        own, towns = self.vocabularies.of(agency_id).with_towns()
        state = (own["version"], len(towns))
        known = self._made.get(agency_id)
        if known is None or known[0] != state:
            reading = Reading(own["version"], places_of(own["places"], towns), shipped_words().extended(own))
            while len(self._made) >= REMEMBERED:
                self._made.pop(next(iter(self._made)), None)
            known = self._made[agency_id] = (state, reading)
        return known[1]

    def version(self, agency_id: str) -> int:
        """The version of an agency's vocabulary now."""
        return self.vocabularies.of(agency_id).version()

    def learn(self, agency_id: str, town: str) -> None:
        """A home lies in a town that nobody knew."""
        if town not in self.towns.of(agency_id).names():
            self.towns.of(agency_id).add(town)
