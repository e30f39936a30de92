"""What the projections need."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.projections.store import ActivityStore, ListingCardStore


@dataclass(frozen=True)
class Deps:
    """The stores of what events brought."""

    listings: ListingCardStore
    activity: ActivityStore
