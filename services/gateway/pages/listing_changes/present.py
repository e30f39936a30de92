"""What another price of a listing would do, and the statuses that it may go to."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.pages.listing_changes.forms import PriceForm
from services.gateway.pages.listing_changes.read import PricePreview
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.properties import Listing
from services.gateway.web.vocabulary import options
from shared.vocabulary.listings import LISTING_STATUSES


@dataclass(frozen=True)
class PriceEffectBox:
    """What another price would do; `preview` is None while nothing is typed, or what is typed is no price."""

    current: float | None
    preview: PricePreview | None = None
    error: str = ""
    unavailable: Unavailable | None = None

    @property
    def share(self) -> float | None:
        """By what share of the present price the new one differs; None for the same price."""
        price = self.preview.effect["price"] if self.preview else None
        if price is None or not self.current or price == self.current:
            return None
        return (price - self.current) / self.current


def price_effect(listing: Listing, form: PriceForm, answer: PricePreview | Unavailable | None) -> PriceEffectBox:
    """What the price of the form would do."""
    preview = None if isinstance(answer, Unavailable) else answer
    return PriceEffectBox(
        listing["list_price"],
        preview,
        form.errors.get("list_price", ""),
        answer if isinstance(answer, Unavailable) else None,
    )


def status_options(listing: Listing) -> list[tuple[str, str]]:
    """The statuses that the listing may go to, each with its name."""
    return options(LISTING_STATUSES, (code for code in LISTING_STATUSES.codes if code in listing["next_statuses"]))
