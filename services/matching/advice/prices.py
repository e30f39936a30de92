"""Prices of requests in hundredths."""

from __future__ import annotations

from services.matching.engine.records.quantities import MOST_MONEY, hundredths
from services.matching.engine.records.refusal import NotThat
from shared.errors import Invalid


def exact_price(price: float, field: str) -> int:
    """A price in hundredths; raises Invalid with this field where it has more than two decimals or is too large."""
    try:
        return hundredths(price, MOST_MONEY)
    except NotThat as refusal:
        raise Invalid("The price cannot be read.", {field: [refusal.error]}) from None
