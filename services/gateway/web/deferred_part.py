"""Parts of a page that the page asks for once it is there, because their answer takes a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from services.gateway.upstream.http import Unavailable

T = TypeVar("T")


@dataclass(frozen=True)
class DeferredPart(Generic[T]):
    """A part by its address: `content` is None where there is nothing to show, or while it is pending."""

    path: str
    content: T | None = None
    unavailable: Unavailable | None = None
    is_pending: bool = False
