"""Tabs with counts, as the macro `tabs` draws them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tab:
    """One tab: its name, label and address; `count` is None where nobody knows it."""

    name: str
    text: str
    path: str
    count: int | None = None
