"""How a reply is made: whole, then changed."""

from __future__ import annotations

from typing import Any, TypeVar, cast

T = TypeVar("T")
AT = "2026-03-02T09:30:00+00:00"


def made(type_: type[T], changes: dict[str, Any], /, **facts: Any) -> T:
    """A reply of a type; what the type does not know is a mistake of the test."""
    unknown = (set(facts) | set(changes)) - set(type_.__annotations__)
    assert not unknown, f"{type_.__name__} has no {sorted(unknown)}"
    return cast(T, {**facts, **changes})
