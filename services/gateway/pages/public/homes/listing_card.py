"""A listing as the projection of the gateway keeps it, for pages without sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.web.vocabulary import home_name

# Any: the facts of a listing as events brought them, read by name where a page shows them
ListingCard = Mapping[str, Any]


def title(home: ListingCard) -> str:
    """What the home is called where it stands alone: its kind, street and city."""
    return ", ".join(filter(None, (home_name(home), home.get("city") if home.get("street_name") else None)))
