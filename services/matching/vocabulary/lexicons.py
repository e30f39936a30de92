"""The words and places for an agency's listings and searches: the built-in ones, its cities, its own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from services.matching.engine.dictionary.lexicon import Lexicon
from services.matching.engine.dictionary.places import places_of
from services.matching.engine.dictionary.words import Vocabulary, shipped_words
from services.matching.store.vocabulary import CityStore, VocabularyStore

REMEMBERED = 200
LATELY_SECONDS = 1.0


@dataclass(frozen=True)
class Reading:
    """The words and places to read with; `version` is that of the agency's vocabulary."""

    version: int
    places: Lexicon
    words: Vocabulary


class Lexicons:
    """The lexicons of all agencies, made again when one changes."""

    def __init__(self, vocabularies: VocabularyStore, cities: CityStore) -> None:
        self.vocabularies, self.cities = vocabularies, cities
        self._made: dict[str, tuple[tuple[int, int], Reading]] = {}
        self._looked: dict[str, tuple[float, Reading]] = {}

    def of(self, agency_id: str) -> Reading:
        """An agency's lexicon as the open transaction sees it."""
        own, cities = self.vocabularies.of(agency_id).with_cities()
        state = (own["version"], len(cities))
        known = self._made.get(agency_id)
        if known is None or known[0] != state:
            reading = Reading(own["version"], places_of(own["places"], cities), shipped_words().extended(own))
            _make_room(self._made)
            known = self._made[agency_id] = (state, reading)
        return known[1]

    def lately(self, agency_id: str) -> Reading:
        """An agency's lexicon, at most a second old: for replies while a person types."""
        at, reading = self._looked.get(agency_id, (0.0, None))
        if reading is None or time.monotonic() - at > LATELY_SECONDS:
            reading = self.of(agency_id)
            _make_room(self._looked)
            self._looked[agency_id] = (time.monotonic(), reading)
        return reading

    def version(self, agency_id: str) -> int:
        """The version of an agency's vocabulary now."""
        return self.vocabularies.of(agency_id).version()

    def learn(self, agency_id: str, city: str) -> None:
        """Remember the city of a home that no list of places has."""
        if city not in self.cities.of(agency_id).names():
            self.cities.of(agency_id).add(city)


def _make_room(kept: dict[str, Any]) -> None:
    while len(kept) >= REMEMBERED:
        kept.pop(next(iter(kept)), None)
