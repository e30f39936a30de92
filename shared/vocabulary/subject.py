"""What a subject of the vocabulary is: its codes, each with its English word; standard library only, so that models
may take their codes from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Subject:
    """A table of codes with their words as they stand inside a sentence; English is the source of the catalogs.

    `name` is the context of its words in the catalogs, since "active" is another word for a listing than for a
    person. `plurals` holds the word beside a number other than one. `nothing` is the word where no code is stated.
    """

    name: str
    words: Mapping[str, str]
    plurals: Mapping[str, str] = field(default_factory=dict)
    nothing: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the order in which forms and pages show them."""
        return tuple(self.words)

    def entries(self) -> list[tuple[str, str]]:
        """Every English word of the subject with its plural, or with an empty text where it is never counted."""
        words = [(text, self.plurals.get(code, "")) for code, text in self.words.items()]
        return list(dict.fromkeys([*words, *([(self.nothing, "")] if self.nothing else [])]))
