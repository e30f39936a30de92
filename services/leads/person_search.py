"""Search for people while a member types: ignores accents, finds any part of a number or address, allows one typing
error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii
from rapidfuzz.distance import OSA, JaroWinkler

SHORT, LONG = 4, 7  # typing errors are allowed from four letters on; a longer prefix narrows the search more
TELLING_DIGITS = 7  # the last digits of a telephone number that identify one person, whatever its prefix
_PHONE = re.compile(r"[\d\s()+./-]+")


def fold(text: str) -> str:
    """The text in lower case without accents: "Žiga Čuček" becomes "ziga cucek"."""
    return anyascii(text).casefold()


def words(text: str) -> list[str]:
    """The folded words of a name."""
    return re.findall(r"[a-z0-9]+", fold(text))


def search_keys(names: Iterable[str | None], email: str | None, phone: str | None) -> list[str]:
    """The keys that a search can begin with: words, and suffixes of address and number, so that a prefix finds a
    middle.
    """
    keys: set[str] = set()
    for name in filter(None, names):
        keys |= {*words(name), *("".join(words(part)) for part in name.split())}
    keys |= _ends_of_email(fold(email)) if email else set()
    keys |= {phone[place:] for place in range(1, len(phone) - 2)} if phone else set()
    return sorted(filter(None, keys))


def typo_keys(names: Iterable[str | None]) -> list[str]:
    """The keys that a name shares with each of its one-letter misspellings: its prefixes with one letter left out."""
    found: set[str] = set()
    for word in {word for name in filter(None, names) for word in words(name)}:
        found |= _variants(word[:SHORT]) | _variants(word[:LONG])
    return sorted(found)


def needs(typed: str) -> list[str]:
    """The parts of a typed text, all of which must match: digits of a number, a piece of an address, words of a
    name.
    """
    digits = re.sub(r"\D", "", typed)
    if len(digits) >= 3 and _PHONE.fullmatch(typed):
        return [digits.lstrip("0") or digits]
    found: list[str] = []
    for part in typed.split():
        found += [fold(part).lstrip("@")] if "@" in part else words(part)
    return list(dict.fromkeys(filter(None, found)))


def national_digits(phone: str) -> str:
    """The digits of a typed telephone number without country or trunk prefix; empty while it is too short."""
    digits = re.sub(r"\D", "", phone).lstrip("0")
    return digits if len(digits) >= TELLING_DIGITS else ""


def typo_candidates(need: str) -> list[str]:
    """The typo keys of which a misspelt name shares at least one; empty for a text that is too short."""
    if len(need) < SHORT or not need.isalpha():
        return []
    return sorted(_variants(need[: LONG if len(need) >= LONG else SHORT]))


def is_near(need: str, names: Iterable[str | None]) -> bool:
    """Whether the typed word differs by at most one letter (wrong, missing, added or swapped) from the beginning of
    a word.
    """
    return any(
        OSA.distance(need, word[:length], score_cutoff=1) <= 1
        for name in filter(None, names)
        for word in words(name)
        for length in (len(need) - 1, len(need), len(need) + 1, len(word))
    )


def closeness(wanted: list[str], names: Iterable[str | None]) -> float:
    """How well a person's names match the typed text, 0 to 1; whole words rank before prefixes."""
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
