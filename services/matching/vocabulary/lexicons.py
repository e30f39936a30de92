"""The words and places that an agency's listings and searches are read with: the shipped ones, its cities, its own."""

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
    """What to read words and places with; `version` is the agency's vocabulary's."""

    version: int
    places: Lexicon
    words: Vocabulary


class Lexicons:
    """The readings of all agencies, made again when one changes."""

    def __init__(self, vocabularies: VocabularyStore, cities: CityStore) -> None:
        self.vocabularies, self.cities = vocabularies, cities
        self._made: dict[str, tuple[tuple[int, int], Reading]] = {}
        self._looked: dict[str, tuple[float, Reading]] = {}

    def of(self, agency_id: str) -> Reading:
        """An agency's reading as the open transaction sees it."""
        own, cities = self.vocabularies.of(agency_id).with_cities()
        state = (own["version"], len(cities))
        known = self._made.get(agency_id)
        if known is None or known[0] != state:
            reading = Reading(own["version"], places_of(own["places"], cities), shipped_words().extended(own))
            _make_room(self._made)
            known = self._made[agency_id] = (state, reading)
        return known[1]

    def lately(self, agency_id: str) -> Reading:
        """An agency's reading as it was within the last second: for what is answered while somebody types."""
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
