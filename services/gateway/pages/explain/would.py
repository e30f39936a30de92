"""What would make a pair a match: from the home's side, and from the wishes' side with what it opens besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from services.gateway.web.answers import Row
from services.gateway.web.view import Asking
from services.gateway.web.vocabulary import feature_name, label, question_words
from services.gateway.web.words import area, money, ngettext, number
from services.gateway.web.words import gettext as _
from shared.vocabulary.criteria import CRITERIA

Criterion = Mapping[str, Any]
WISHES = (
    *("transaction", "property_sub_types", "list_price_min", "list_price_max", "currency", "bedrooms_min"),
    *("bedrooms_max", "bathrooms_min", "living_area_min", "living_area_max", "lot_size_area_min", "year_built_min"),
    *("areas", "must_have", "wont_accept", "preferences", "tolerance_percent", "contact_id"),
)
MOST = 3


def ways_to_a_match(ask: Asking, pair: Row, search: Row, home: Row) -> list[Row]:
    """Each change that would turn it, with what else it brings; none for a match or where too much is missing."""
    missing = [each for each in pair["criteria"] if each["hard"] and each["state"] != "pass"]
    if not missing or len(missing) > MOST or not search:
        return []
    found = [_ways(each, pair, search, home) for each in missing]
    ways = [way for each in found for way in each]
    if not all(found):
        return []
    if len(missing) > 1:  # each alone would not do, so what each brings alone says nothing
        return [way | {"brings": "", "with_others": True} for way in ways]
    calls: dict[str, Callable[[], Any]] = {}
    for at, way in enumerate(ways):
        if way.get("price"):
            calls[str(at)] = _others(ask, pair["listing_id"], way["price"])
        if way.get("patch"):
            calls[str(at)] = _gain(ask, search, way["patch"])
    answers = ask.together(**calls)
    for at, way in enumerate(ways):
        brought = answers.get(str(at))
        way["brings"] = _brings(way, brought) if isinstance(brought, int) else ""
    return ways


def _ways(each: Criterion, pair: Row, search: Row, home: Row) -> list[Row]:
    wishes, listing = f"/wishes/{quote(search['id'], safe='')}", f"/listings/{quote(pair['listing_id'], safe='')}"
    if each["state"] == "unknown":
        return [_question(each, listing)]
    if each["name"] == "price":
        return _by_price(each, wishes, listing)
    if each["name"] in NUMBERS:
        return _by_number(each, wishes)
    group, _dot, word = each["name"].partition(".")
    if group in ("must_have", "wont_accept"):
        text = _("Without insisting on: %(thing)s") if group == "must_have" else _("With %(thing)s accepted")
        left = [one for one in search[group] if one != word]
        patch = {group: left} if len(left) < len(search[group]) else None
        return [{"text": text % {"thing": feature_name(word)}, "path": wishes, "act": _("Wishes"), "patch": patch}]
    return []


def _question(each: Criterion, listing: str) -> Row:
    about = each["name"].rpartition(".")[2]
    field = {"price": "list_price", "bedrooms": "bedrooms_total", "bathrooms": "bathrooms_total"}.get(about, about)
    path = {"list_price": f"{listing}/price-changes/new", "location": f"{listing}/edit"}.get(
        field, f"{listing}/answers/new?{urlencode({'about': about})}"
    )
    return {"text": question_words({"about": about, "field": field}), "path": path, "act": _("Answer"), "ask": True}


def _by_price(each: Criterion, wishes: str, listing: str) -> list[Row]:
    wanted, found = each["wanted"], each["found"] or {}
    asked, most = found.get("amount"), wanted.get("max")
    if asked is None or most is None or asked <= most or wanted.get("currency") != found.get("currency"):
        return []
    down, up = money(most, wanted["currency"]), money(asked, wanted["currency"])
    lower = f"{listing}/price-changes/new?{urlencode({'list_price': number(most)})}"
    return [
        {"text": _("Price down to %(price)s") % {"price": down}, "path": lower, "act": _("See"), "price": most},
        {"text": _("Budget up to %(price)s") % {"price": up}, "path": wishes, "act": _("Wishes")}
        | {"patch": {"list_price_max": asked}},
    ]


def _by_number(each: Criterion, wishes: str) -> list[Row]:
    """A bound of the wishes moved to what the home has."""
    low, high = each["wanted"].get("min"), each["wanted"].get("max")
    found, tell, name = each["found"], NUMBERS[each["name"]], each["name"]
    if low is not None and found < low:
        text, patch = _("%(thing)s: from %(low)s instead of %(wanted)s"), {f"{name}_min": found}
        told = {"thing": label(CRITERIA, name), "low": tell(found), "wanted": tell(low)}
    else:
        text, patch = _("%(thing)s: up to %(high)s instead of %(wanted)s"), {f"{name}_max": found}
        told = {"thing": label(CRITERIA, name), "high": tell(found), "wanted": tell(high)}
    return [{"text": text % told, "path": wishes, "act": _("Wishes"), "patch": patch}]


def _others(ask: Asking, listing_id: str, price: float) -> Callable[[], int]:
    """How many other people the price would bring."""

    def count() -> int:
        effect = ask.get("matching", "listings", listing_id, "price-effect", price=price)
        return max(int(effect["gained"]) - 1, 0)

    return count


def _gain(ask: Asking, search: Row, patch: Row) -> Callable[[], int]:
    """How many more homes the wishes would find."""

    def count() -> int:
        draft = {name: search[name] for name in WISHES if search.get(name) not in (None, [], {})}
        before = ask.post("matching", "saved-searches", "preview", body=draft)
        after = ask.post("matching", "saved-searches", "preview", body=draft | patch)
        return int(after["total"]) - int(before["total"])

    return count


def _brings(way: Row, n: int) -> str:
    if way.get("price"):
        return ngettext("also brings one other person", "also brings %(n)s other people", n) % {"n": number(n)}
    return ngettext("opens one more home", "opens %(n)s more homes", n) % {"n": number(n)}


NUMBERS: dict[str, Callable[[Any], str]] = {
    "bedrooms": number,
    "bathrooms": number,
    "living_area": area,
    "lot_size_area": area,
    "year_built": str,
}
