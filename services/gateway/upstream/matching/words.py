"""Words and places to choose from."""

from __future__ import annotations

from typing import TypedDict


class KnownWord(TypedDict):
    """A word that searches and homes are compared by, and its label in the reader's language."""

    word: str
    label: str


class KnownWords(TypedDict):
    """The words to choose from."""

    features: list[KnownWord]
    property_sub_types: list[KnownWord]


class KnownPlace(TypedDict):
    """A town or region by the name that places are compared by."""

    name: str
