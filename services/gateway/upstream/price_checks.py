"""What properties answers about a price."""

from __future__ import annotations

from typing import TypedDict

Number = int | float


class PriceCheck(TypedDict):
    """What speaks against a price, as codes: refusals forbid it, warnings are to be looked at once more.

    `change` is the share of the price before: -0.05 is 5 % less.
    """

    previous_list_price: Number | None
    refusals: list[str]
    warnings: list[str]
    change: float | None
