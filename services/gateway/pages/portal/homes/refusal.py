"""The three answers to a home, and the sheet that asks for the reason of a no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.gateway.components.wish_editor.suggestions import WishSuggestion
from services.gateway.web.vocabulary import options
from shared.vocabulary.matches import PREFERENCES, REFUSAL_REASONS

ANSWERS = PREFERENCES.codes
# What a form sends instead of an answer to take one back.
TAKE_BACK = "none"
# The reasons that a prospect is asked about, of all that an agent may write down.
REASONS = ("location", "too_expensive", "too_small", "too_dark", "condition", "layout", "noise", "other")


@dataclass(frozen=True)
class AnswerBar:
    """The three answers below a home; `list_name` is the list in which its card stands, or `home` on its own page."""

    listing_id: str
    preference: str | None
    wish_id: str = ""
    list_name: str = ""


@dataclass(frozen=True)
class RefusalSheet:
    """A home that the prospect said no to, the reason once it is given, and a change of the wishes that it suggests."""

    listing_id: str
    listing: Mapping[str, Any]  # as an event brought it
    wish_id: str
    reason: str = ""
    suggestion: WishSuggestion | None = None

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """The reasons to choose from, as the prospect reads them."""
        return options(REFUSAL_REASONS, REASONS)
