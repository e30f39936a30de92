"""Search for people while somebody types: without accents, by any part of a number or address, one error allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii
from rapidfuzz.distance import OSA, JaroWinkler

SHORT, LONG = 4, 7  # a typing error is forgiven from four letters on; the longer beginning narrows better
TELLING_DIGITS = 7  # the last digits of a telephone that name one person, whatever stands before them
_PHONE = re.compile(r"[\d\s()+./-]+")


def fold(text: str) -> str:
    """Small letters without accents: "Žiga Čuček" is "ziga cucek"."""
    return anyascii(text).casefold()


def words(text: str) -> list[str]:
    """The folded words of a name."""
    return re.findall(r"[a-z0-9]+", fold(text))


def search_keys(names: Iterable[str | None], email: str | None, phone: str | None) -> list[str]:
    """Whatever a search may begin with: words, and the ends of address and number, so that a prefix finds a middle."""
    keys: set[str] = set()
    for name in filter(None, names):
        keys |= {*words(name), *("".join(words(part)) for part in name.split())}
    keys |= _ends_of_email(fold(email)) if email else set()
    keys |= {phone[place:] for place in range(1, len(phone) - 2)} if phone else set()
    return sorted(filter(None, keys))


def typo_keys(names: Iterable[str | None]) -> list[str]:
    """What a name shares with each of its misspellings by one letter: the beginnings with one letter left out."""
    found: set[str] = set()
    for word in {word for name in filter(None, names) for word in words(name)}:
        found |= _variants(word[:SHORT]) | _variants(word[:LONG])
    return sorted(found)


def needs(typed: str) -> list[str]:
    """The parts of a typed text that must all match: digits of a number, a piece of an address, words of a name."""
    digits = re.sub(r"\D", "", typed)
    if len(digits) >= 3 and _PHONE.fullmatch(typed):
        return [digits.lstrip("0") or digits]
    found: list[str] = []
    for part in typed.split():
        found += [fold(part).lstrip("@")] if "@" in part else words(part)
    return list(dict.fromkeys(filter(None, found)))


def national_digits(phone: str) -> str:
    """The digits of a telephone as typed without what countries put before it; nothing while it is too short."""
    digits = re.sub(r"\D", "", phone).lstrip("0")
    return digits if len(digits) >= TELLING_DIGITS else ""


def typo_candidates(need: str) -> list[str]:
    """The typo keys one of which a person must have to be a misspelling away; none for what is too short."""
    if len(need) < SHORT or not need.isalpha():
        return []
    return sorted(_variants(need[: LONG if len(need) >= LONG else SHORT]))


def is_near(need: str, names: Iterable[str | None]) -> bool:
    """Whether one letter wrong, missing, added or swapped lies between this and the beginning of a word."""
    return any(
        OSA.distance(need, word[:length], score_cutoff=1) <= 1
        for name in filter(None, names)
        for word in words(name)
        for length in (len(need) - 1, len(need), len(need) + 1, len(word))
    )


def closeness(wanted: list[str], names: Iterable[str | None]) -> float:
    """How well a person's names answer what was typed, 0 to 1; whole words before beginnings."""
    known = [word for name in filter(None, names) for word in words(name)]
    best = [max((JaroWinkler.normalized_similarity(need, word) for word in known), default=0.0) for need in wanted]
    return sum(best) / len(best) if best else 0.0


def _ends_of_email(email: str) -> set[str]:
    local, _, domain = email.partition("@")
    labels = domain.split(".")
    return {email[place:] for place in range(len(local))} | {".".join(labels[n:]) for n in range(len(labels))}


def _variants(word: str) -> set[str]:
    if len(word) < SHORT:
        return set()
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
