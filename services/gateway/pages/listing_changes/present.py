"""What another price of a listing would do, and the statuses that it may go to."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.pages.listing_changes.forms import PriceForm
from services.gateway.pages.listing_changes.read import PricePreview
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.price_checks import PriceCheck
from services.gateway.upstream.properties import Listing
from services.gateway.web.vocabulary import label, options
from shared.vocabulary.listings import LISTING_STATUSES, PRICE_PROBLEMS


@dataclass(frozen=True)
class PriceEffectBox:
    """What another price would do; `preview` is None while nothing is typed, or what is typed is no price."""

    preview: PricePreview | None = None
    error: str = ""
    unavailable: Unavailable | None = None

    @property
    def share(self) -> float | None:
        """By what share of the present price the new one differs; None for the same price."""
        return self._check["change"] or None if self._check else None

    @property
    def problems(self) -> list[str]:
        """The objections of properties to the price, or its warnings."""
        if self._check is None:
            return []
        return [label(PRICE_PROBLEMS, code) for code in (*self._check["refusals"], *self._check["warnings"])]

    @property
    def _check(self) -> PriceCheck | None:
        check = self.preview.check if self.preview else None
        return None if isinstance(check, Unavailable) else check


def price_effect(form: PriceForm, answer: PricePreview | Unavailable | None) -> PriceEffectBox:
    """What the price of the form would do."""
    error = form.errors.get("list_price", "")
    if isinstance(answer, Unavailable):
        return PriceEffectBox(error=error, unavailable=answer)
    return PriceEffectBox(answer, error)


def status_options(listing: Listing) -> list[tuple[str, str]]:
    """The statuses that the listing may go to, each with its name."""
    return options(LISTING_STATUSES, (code for code in LISTING_STATUSES.codes if code in listing["next_statuses"]))
