"""Reading feature and property type words: synonyms in the five languages, an agency's own, small typing errors.

The codes and the word shown for each are the vocabulary's; here stands what people may type for them.
Parking and garage are one thing here (`garage`): people use either word for a place to leave the car. A word that
nobody knows is taken with a warning and compares by its own folded form, so that an agency's house words work at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from services.matching.engine.dictionary.lexicon import Lexicon, fold
from shared.vocabulary.features import FEATURES
from shared.vocabulary.property_types import PROPERTY_TYPES
from shared.vocabulary.wording import word

WORDS = Path(__file__).parent.parent.parent / "data" / "words.json"
SHORTEST_TYPO = 4
SUBJECTS = {"features": FEATURES, "property_sub_types": PROPERTY_TYPES}


@dataclass(frozen=True)
class Vocabulary:
    """The two word lists that listings and searches are read with."""

    features: Lexicon
    property_sub_types: Lexicon

    def extended(self, own: Mapping[str, Mapping[str, str]]) -> Vocabulary:
        """With an agency's own words: {"features": {typed: meant}, "property_sub_types": {typed: meant}}."""
        return Vocabulary(
            self.features.extended(own.get("features", {})),
            self.property_sub_types.extended(own.get("property_sub_types", {})),
        )


@lru_cache(maxsize=1)
def _file() -> dict[str, dict[str, dict[str, list[str]]]]:
    words: dict[str, dict[str, dict[str, list[str]]]] = json.loads(WORDS.read_text(encoding="utf-8"))
    return words


@lru_cache(maxsize=1)
def shipped_words() -> Vocabulary:
    """The vocabulary that comes with Lintel."""
    return Vocabulary(**{part: _lexicon(entries) for part, entries in _file().items()})


def _lexicon(entries: Mapping[str, Mapping[str, list[str]]]) -> Lexicon:
    names: dict[str, str] = {}
    for key, languages in entries.items():
        for synonyms in languages.values():
            names.update((fold(synonym), key) for synonym in synonyms)
        names[fold(key)] = key
    return Lexicon(names, {key: key for key in entries}, SHORTEST_TYPO)


def label(part: str, key: str, language: str) -> str:
    """The word to show for a key of `features` or `property_sub_types`; an agency's own word shows as it is."""
    return word(SUBJECTS[part], key, language)
