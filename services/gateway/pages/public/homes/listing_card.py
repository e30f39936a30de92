"""What a public home is called."""

from __future__ import annotations

from services.gateway.projections.model import ListingCard
from services.gateway.web.vocabulary import home_name


def title(home: ListingCard) -> str:
    """What the home is called where it stands alone: its kind, street and city."""
    return ", ".join(filter(None, (home_name(home), home.get("city") if home.get("street_name") else None)))
