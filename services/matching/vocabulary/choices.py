"""Use cases of words: the words to choose from, and an agency's own."""

from __future__ import annotations

from services.matching import codes
from services.matching.engine.dictionary.lexicon import fold
from services.matching.engine.dictionary.places import shipped_places
from services.matching.engine.dictionary.words import label, shipped_words
from services.matching.model import WORD_LISTS
from services.matching.vocabulary.lexicons import Lexicons
from shared.codes import FieldError
from shared.errors import Invalid
from shared.storage.mongo import Document


def own_words(lexicons: Lexicons, agency_id: str) -> Document:
    """The agency's words as they are."""
    return lexicons.vocabularies.of(agency_id).get()


def replace_words(lexicons: Lexicons, agency_id: str, words: Document) -> Document:
    """Replace all words of the agency; raises Invalid where one would change a built-in word."""
    faults = {name: some for name in WORD_LISTS if (some := _faults(name, words[name]))}
    if faults:
        raise Invalid("These words cannot be used.", faults)
    store = lexicons.vocabularies.of(agency_id)
    if all(store.get()[name] == words[name] for name in WORD_LISTS):
        return store.get()
    return store.save(words)


def words_to_choose(lexicons: Lexicons, agency_id: str, language: str) -> Document:
    """The words to choose from, built-in ones and the agency's own, with labels in a language."""
    words = lexicons.of(agency_id).words
    return {
        part: [{"word": key, "label": label(part, key, language)} for key in getattr(words, part).shown]
        for part in ("features", "property_sub_types")
    }


def places_to_choose(lexicons: Lexicons, agency_id: str, typed: str, most: int) -> Document:
    """Towns and regions whose names match the typed text."""
    return {"items": [{"name": name} for name in lexicons.of(agency_id).places.begins(typed, most)]}


def _faults(name: str, words: dict[str, str]) -> list[FieldError]:
    shipped = shipped_words()
    known = {
        "features": shipped.features,
        "property_sub_types": shipped.property_sub_types,
        "places": shipped_places(),
    }[name]
    meant = {fold(typed): fold(word) for typed, word in words.items()}
    faults: list[FieldError] = []
    for typed in words:
        own, target = fold(typed), meant[fold(typed)]
        key = known.names.get(target, target)
        if known.shown.get(own) is not None and key != own:
            faults.append(codes.WORD_OF_ITS_OWN(word=typed))
        elif target in meant and meant[target] != target:
            faults.append(codes.WORD_OF_A_WORD(word=typed, meaning=words[typed]))
    if len(meant) < len(words):
        faults.append(codes.SAME_WORD_TWICE())
    return faults
