"""A home's price in words: the price now, the earlier price, and the reduction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.gateway.web.formats import money
from services.gateway.web.language import gettext as _


@dataclass(frozen=True)
class PriceText:
    """The price now; `before` and `drop` where it went down, `period` where it is a rent."""

    now: str
    period: str = ""
    before: str = ""
    drop: str = ""


def price_text(listing: Mapping[str, Any]) -> PriceText:  # any reply that describes a listing
    """The price of a listing in the reader's language."""
    price, before, currency = (listing.get(name) for name in ("list_price", "previous_list_price", "currency"))
    if not isinstance(price, (int, float)):
        return PriceText(_("Price on request"))
    period = _("a month") if listing.get("transaction") == "lease" else ""
    if not isinstance(before, (int, float)) or before <= price:
        return PriceText(money(price, currency), period)
    drop = _("Price down %(amount)s") % {"amount": money(before - price, currency)}
    return PriceText(money(price, currency), period, money(before, currency), drop)
