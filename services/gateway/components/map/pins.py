"""Listings as pins of a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypedDict

from babel.numbers import format_compact_currency

from services.gateway.web.formats import REMEMBERED, money
from services.gateway.web.language import language
from services.gateway.web.vocabulary import home_figures, home_name
from shared.vocabulary.i18n import locale_of

# How a pin is coloured, by the kind of match; what is not named here is "other".
KINDS = {"match": "fits", "possible": "fits", "near": "near"}
Home = Mapping[str, Any]  # any reply or card that describes a listing, whole or in short


class Pin(TypedDict):
    """What the map's script draws and says of a listing; `at` is latitude and longitude."""

    id: str
    at: list[float]
    kind: str
    name: str
    text: str
    price: str
    line: str
    path: str


def short_price(amount: float | None, currency: str | None) -> str:
    """An amount for a pin: three figures at most."""
    if amount is None or not currency:
        return "?"
    return _short(amount, currency, language())


@lru_cache(REMEMBERED)
def _short(amount: float, currency: str, language_code: str) -> str:
    digits = 1 if amount >= 1_000_000 else 0
    return str(format_compact_currency(amount, currency, locale=locale_of(language_code), fraction_digits=digits))


def pin(home: Home, kind: str = "fits", path: str = "/listings/") -> Pin | None:
    """A listing as the map shows it; None where nobody knows its place. `kind` is fits, near or other."""
    if home.get("latitude") is None or home.get("longitude") is None:
        return None
    price, currency = home.get("list_price"), home.get("currency")
    return {
        "id": home["id"],
        "at": [home["latitude"], home["longitude"]],
        "kind": kind,
        "name": home_name(home),
        "text": short_price(price, currency),
        "price": money(price, currency) if price is not None else "",
        "line": home_figures({**home, "list_price": None}),
        "path": f"{path}{home['id']}",
    }


def pins(homes: Iterable[Home], kind: str = "fits", path: str = "/listings/") -> list[Pin]:
    """Listings as pins; those of unknown place are left out."""
    return [found for home in homes if (found := pin(home, kind, path))]
