"""Marks: one for each criterion of a search, equal where the sentence is equal, so that a cached sentence can be
reused without reading the wishes.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Hashable, Iterator, Sequence
from hashlib import blake2b

from services.matching.engine.records.areas import Shape
from services.matching.engine.records.facts import Search
from services.matching.engine.records.numeric import NUMERIC

# Raise it when a sentence comes to depend on more of a search than `wishes` yields; older marks are then ignored.
VERSION = "1"
_BYTES = 9
_NAMES = tuple(criterion.name for criterion in NUMERIC)


def wishes(search: Search) -> Iterator[Hashable]:
    """For every criterion of a search, in order, the facts of the search that its evaluation and its sentence use."""
    tolerance = search.tolerance
    for name, bounds in zip(_NAMES, search.bounds, strict=True):
        if bounds is not None:
            yield name, bounds, tolerance, search.currency if name == "price" else None
    if search.areas:
        yield search.areas
    if search.property_sub_types:
        yield tuple(search.property_sub_types.values())
    for word in search.must_have.items():
        yield "must_have", word
    for word in search.wont_accept.items():
        yield "wont_accept", word
    for word in search.preferences.items():
        yield search.weights[word[0]], word


def wordings(search: Search) -> list[str]:
    """VERSION and a mark for each of `wishes`, stored beside the search."""
    return [VERSION, *map(_mark, wishes(search))]


def marks(stored: Sequence[str]) -> Sequence[str]:
    """The marks of stored wordings; empty where another version made them or they are missing."""
    return stored[1:] if stored and stored[0] == VERSION else ()


def _mark(wish: Hashable) -> str:
    digest = blake2b(repr(_plain(wish)).encode(), digest_size=_BYTES).digest()
    return urlsafe_b64encode(digest).decode()


def _plain(part: Hashable) -> Hashable:
    """The same without geometries, which are mostly left out of a representation."""
    if isinstance(part, Shape):
        return part.geometry.wkb
    return tuple(map(_plain, part)) if isinstance(part, tuple) else part
