"""What people type into forms, as the services want it: numbers in the reader's notation, empty as not stated."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal

from services.gateway.web.language import gettext as _
from services.gateway.web.language import language
from services.gateway.web.view import Faults
from shared.vocabulary.i18n import LANGUAGES, locale_of

NUMBERS = ("bedrooms_total", "bathrooms_total", "living_area", "lot_size_area", "year_built", "latitude", "longitude")
TEXTS = ("listing_id", "property_sub_type", "street_name", "city", "state_or_province", "postal_code", "country")
WHOLE = frozenset({"bedrooms_total", "year_built"})
PLAIN = frozenset({"latitude", "longitude", "year_built"})
Typed = Mapping[str, str]


def number_typed(text: str, *, plain: bool = False) -> tuple[float | int | None, str | None]:
    """A number as typed, and what is wrong with it; `plain` for those that nobody writes with separators."""
    shown = text.strip().replace("\u00a0", " ").replace("\u202f", " ")
    if not shown:
        return None, None
    try:
        found = Decimal(shown.replace(",", ".")) if plain else _parsed(shown)
    except (NumberFormatError, ArithmeticError):
        return None, _("This is not a number.")
    if not found.is_finite():
        return None, _("This is not a number.")
    return (int(found) if found == found.to_integral_value() else float(found)), None


def listing_facts(typed: Typed, *, new: bool) -> tuple[dict[str, Any], Faults]:
    """A home's facts from its form; price and status belong to a new one alone."""
    facts: dict[str, Any] = {name: typed.get(name, "").strip() or None for name in TEXTS}
    faults = Faults()
    for name in (*NUMBERS, *(("list_price",) if new else ())):
        value, fault = number_typed(typed.get(name, ""), plain=name in PLAIN)
        facts[name] = value
        if fault:
            faults[name] = fault
    said = {name.removeprefix("feature_"): value for name, value in typed.items() if name.startswith("feature_")}
    facts["features"] = sorted(word for word, value in said.items() if value == "yes")
    facts["features_absent"] = sorted(word for word, value in said.items() if value == "no")
    remarks = {each: typed.get(f"remarks_{each}", "").strip() for each in LANGUAGES}
    facts["public_remarks"] = {each: text for each, text in remarks.items() if text}
    if new:
        facts |= {name: typed.get(name, "") for name in ("transaction", "standard_status")}
        facts["currency"] = typed.get("currency", "").strip().upper() or None
    return facts, faults


def contact_facts(typed: Typed, *, new: bool) -> dict[str, Any]:
    """A person's facts from the form; the agreement to alerts belongs to a new one alone."""
    facts: dict[str, Any] = {
        name: typed.get(name, "").strip() or None for name in ("email", "phone", "source", "notes")
    }
    facts["full_name"] = typed.get("full_name", "").strip()
    facts |= {name: typed[name] for name in ("language", "stage") if typed.get(name)}
    if new and typed.get("agrees"):
        word = {"purpose": "alerts", "channel": "email", "state": "granted"}
        facts["consents"] = [word | {"wording_version": "member-form-1", "source": "told a member"}]
    return facts


def _parsed(text: str) -> Decimal:
    """By the reader's separators; blanks between thousands are fine everywhere."""
    return Decimal(parse_decimal(text.replace(" ", ""), locale=locale_of(language()), strict=False))
