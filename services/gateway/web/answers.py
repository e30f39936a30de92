"""Replies of services before they have a type of their own."""

from __future__ import annotations

from typing import Any

from services.gateway.upstream.http import Away

# what services answer; the typed clients replace it call by call
Row = dict[str, Any]


def items(answer: Any) -> list[Row]:
    """The items of a page, none when the service is away."""
    return [] if answer is None or isinstance(answer, Away) else list(answer["items"])
