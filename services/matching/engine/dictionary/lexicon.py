"""A list of known names with their alternatives, and the rule that resolves a typed word to one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

_NOT_ALPHANUMERIC = re.compile(r"[^0-9a-z]+")
LONG_WORD = 10
REMEMBERED = 50_000


def fold(typed: str) -> str:
    """Case, accents, spaces and punctuation removed; a text without any letter or digit stays itself, stripped."""
    return _NOT_ALPHANUMERIC.sub("", anyascii(typed).casefold()) or typed.strip().casefold()


class Resolved(NamedTuple):
    """A typed word with its key for comparison; `by` is exact, alias, typo, or typed for an unknown word."""

    typed: str
    key: str
    name: str
    by: str

    def to_wire(self) -> dict[str, str]:
        """The stored form."""
        return {"typed": self.typed, "key": self.key, "name": self.name, "by": self.by}

    @classmethod
    def from_wire(cls, stored: Mapping[str, Any]) -> Resolved:
        """The stored form, read back."""
        return cls(stored["typed"], stored["key"], stored["name"], stored["by"])


class Lexicon:
    """Known names: folded name -> key, and the name to show for each key."""

    def __init__(self, names: Mapping[str, str], shown: Mapping[str, str], shortest_typo: int = 1) -> None:
        self.names = dict(names)
        self.shown = dict(shown)
        self.shortest_typo = shortest_typo
        self._answers: dict[str, tuple[str, str, str]] = {}

    def extended(self, aliases: Mapping[str, str], known: Iterable[str] = ()) -> Lexicon:
        """This list with further names and aliases (typed -> meant); the meant word is resolved first.

        A new name that would count as a typing error of a known one still becomes a name of its own.
        """
        wider = Lexicon(self.names, self.shown, self.shortest_typo)
        for name in known:
            if self.resolve(name).by == "typed":
                wider._add(name, fold(name), name)
        for typed, meant in aliases.items():
            target = fold(meant)
            key = wider.names.get(target, target)
            wider._add(typed, key, wider.shown.get(key, meant))
            wider.names.setdefault(target, key)
        return wider

    def _add(self, typed: str, key: str, name: str) -> None:
        self.names[fold(typed)] = key
        self.shown.setdefault(key, name)

    def resolve(self, typed: str) -> Resolved:
        """Resolve a typed word; never fails: an unknown word keeps its own folded key, with `by` = typed."""
        answer = self._answers.get(typed)
        if answer is None:
            answer = self._find(typed)
            if len(self._answers) < REMEMBERED:
                self._answers[typed] = answer
        return Resolved(typed, *answer)

    def begins(self, typed: str, most: int) -> list[str]:
        """Names that begin with the typed text in any language, else names that it may misspell."""
        folded = fold(typed)
        begun = sorted((fold(self.shown.get(key, "")) != name, name, key) for name, key in self.names.items())
        keys = [key for _, name, key in begun if name.startswith(folded)] or [self.resolve(typed).key]
        return list(dict.fromkeys(self.shown[key] for key in keys if key in self.shown))[:most]

    def _find(self, typed: str) -> tuple[str, str, str]:
        folded = fold(typed)
        key = self.names.get(folded)
        if key is not None:
            name = self.shown[key]
            return key, name, "exact" if folded in (fold(name), fold(key)) else "alias"
        key = self._nearest(folded)
        if key is not None:
            return key, self.shown[key], "typo"
        return folded, typed.strip(), "typed"

    def _nearest(self, folded: str) -> str | None:
        """The one key at the smallest allowed distance; None when there is none or more than one."""
        if len(folded) < self.shortest_typo:
            return None
        allowed = 2 if len(folded) >= LONG_WORD else 1
        nearest = process.extract(folded, self.names.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None)
        least = min((distance for _, distance, _ in nearest), default=None)
        keys = {self.names[name] for name, distance, _ in nearest if distance == least}
        return keys.pop() if len(keys) == 1 else None
