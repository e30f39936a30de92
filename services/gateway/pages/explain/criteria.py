"""Criteria of a verdict in words: what is wanted, what the home has, and the figure between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.gateway.web.answers import Row
from services.gateway.web.vocabulary import feature_name, label, status_name, type_name, word_of
from services.gateway.web.words import area, day, money, number
from services.gateway.web.words import gettext as _
from shared.vocabulary.criteria import CRITERIA, FEATURE_WEIGHTS
from shared.vocabulary.listings import TRANSACTIONS, WANTED_TRANSACTIONS

Criterion = Mapping[str, Any]
STRENGTHS = {3: "strong", 2: "would", 1: "might"}
GROUPS = {"must_have": "must", "wont_accept": "wont"}


def lines(pair: Mapping[str, Any], *, hard: bool) -> list[Row]:
    """The criteria that have to be, or those that would be nice, each with its points of the whole."""
    most = _most(pair)
    return [_line(each, pair, most.get(each["name"])) for each in pair["criteria"] if each["hard"] == hard]


def _line(each: Criterion, pair: Mapping[str, Any], most: float | None) -> Row:
    wanted, found, strength = _told(each)
    state = "lacks" if each["state"] == "fail" and not each["hard"] else each["state"]
    # what is not wanted and not mentioned passes, but nobody has said so
    state = "unknown" if "." in each["name"] and each["found"] is None else state
    points = None
    if most is not None:
        got = most * (each["points"] or 0) / 1000
        points = _("%(got)s of %(most)s") % {"got": number(round(got, 1)), "most": number(round(most, 1))}
    shown = strength if "." in each["name"] else ""
    told = {
        "wanted": wanted[:1].upper() + wanted[1:],
        "found": found,
        "strength": shown,
        "state": state,
        "points": points,
    }
    return told | {"sentence": _sentence(each, pair), "name": each["name"]}


def _sentence(each: Criterion, pair: Mapping[str, Any]) -> str:
    """What the engine says of this criterion."""
    start, _dot, word = each["name"].partition(".")
    for reason in (*pair["misses"], *pair["unknowns"], *pair["reasons"]):
        code = str(reason["code"])
        if word and code.startswith("feature.") and reason["figures"].get("feature") == word:
            return str(reason["text"])
        if not word and (code.partition(".")[0] == start or code == f"gate.{start}"):
            return str(reason["text"])
    return ""


def _most(pair: Mapping[str, Any]) -> dict[str, float]:
    """The points of 100 that each criterion could bring, by its share of its group's weight."""
    weights = {segment["name"]: float(segment["weight"]) for segment in pair["beam"]}
    members: dict[str, list[Criterion]] = {}
    for each in pair["criteria"]:
        group = _group(each)
        if group in weights and not (group == "size" and each["points"] is None and each["state"] != "unknown"):
            members.setdefault(group, []).append(each)
    whole = sum(weights[name] for name in members) or 1.0
    shares: dict[str, float] = {}
    for group, stated in members.items():
        parts = {each["name"]: float(each["weight"] or 1) if group == "features" else 1.0 for each in stated}
        room = 100 * weights[group] / whole / sum(parts.values())
        shares |= {name: part * room for name, part in parts.items()}
    return shares


def _group(each: Criterion) -> str:
    if "." in each["name"]:
        return "features"
    return {"price": "price", "location": "location", "property_sub_type": "type"}.get(each["name"], "size")


def _told(each: Criterion) -> tuple[str, str, str]:
    """What is wanted, what there is, and what lies between."""
    name = each["name"]
    if "." in name:
        return _feature(each)
    tellers: dict[str, Callable[[Criterion], tuple[str, str, str]]] = {
        "price": _price,
        "location": _place,
        "property_sub_type": _kind,
        "bedrooms": _rooms("bedrooms"),
        "bathrooms": _rooms("bathrooms"),
        "living_area": _size("living_area"),
        "lot_size_area": _size("lot_size_area"),
        "year_built": _year,
    }
    return tellers.get(name, _gate)(each)


def _price(each: Criterion) -> tuple[str, str, str]:
    wanted, found = each["wanted"], each["found"] or {}
    currency = wanted.get("currency") or found.get("currency")
    has = money(found.get("amount"), found.get("currency")) if found.get("amount") is not None else _("Not stated")
    between = money(each["gap"], currency) if each.get("gap") else ""
    return _bounds(wanted, lambda value: money(value, currency)), has, between


def _rooms(name: str) -> Callable[[Criterion], tuple[str, str, str]]:
    def tell(each: Criterion) -> tuple[str, str, str]:
        what = word_of(CRITERIA, name)
        has = _("Not stated") if each["found"] is None else f"{number(each['found'])} {what}"
        return f"{_bounds(each['wanted'], number)} {what}", has, number(each["gap"]) if each.get("gap") else ""

    return tell


def _year(each: Criterion) -> tuple[str, str, str]:
    has = _("Not stated") if each["found"] is None else str(int(each["found"]))
    wanted = _bounds(each["wanted"], lambda value: str(int(value)))
    return f"{wanted}, {word_of(CRITERIA, 'year_built')}", has, number(each["gap"]) if each.get("gap") else ""


def _size(name: str) -> Callable[[Criterion], tuple[str, str, str]]:
    def tell(each: Criterion) -> tuple[str, str, str]:
        what = word_of(CRITERIA, name)
        has = _("Not stated") if each["found"] is None else area(each["found"])
        return f"{_bounds(each['wanted'], area)}, {what}", has, area(each["gap"]) if each.get("gap") else ""

    return tell


def _place(each: Criterion) -> tuple[str, str, str]:
    wanted, found = each["wanted"] or {}, each["found"]
    if "circle" in wanted:
        radius = number(round(wanted["circle"]["radius_km"], 1))
        has = _("Not stated") if found is None else _("%(km)s km from the centre") % {"km": number(found)}
        return _("Within %(km)s km of a point") % {"km": radius}, has, ""
    if "polygon" in wanted:
        return _("Inside the area drawn"), _("Not stated") if found is None else _("Where it stands on the map"), ""
    place = wanted.get("place") or {}
    return str(next(iter(place.values()), _("One of the areas"))), _told_place(found), ""


def _told_place(found: Any) -> str:
    if found is None:
        return _("Not stated")
    told = next((value for value in found.values() if value), None) if isinstance(found, Mapping) else found
    return str(told) if told and told is not True else _("Where it stands on the map")


def _kind(each: Criterion) -> tuple[str, str, str]:
    wanted = each["wanted"] if isinstance(each["wanted"], list) else [each["wanted"]]
    has = type_name(each["found"]) if each["found"] else _("Not stated")
    return ", ".join(type_name(word) for word in wanted), has, ""


def _feature(each: Criterion) -> tuple[str, str, str]:
    group, _dot, word = each["name"].partition(".")
    code = GROUPS.get(group) or STRENGTHS.get(each.get("weight") or 0)
    weight = word_of(FEATURE_WEIGHTS, code) if code else ""
    found = {True: _("Yes"), False: _("No")}.get(each["found"], _("Not stated"))
    return feature_name(word).capitalize(), found, weight


def _gate(each: Criterion) -> tuple[str, str, str]:
    texts = {
        "standard_status": (_("On the market"), status_name(str(each["found"]))),
        "transaction": (
            label(WANTED_TRANSACTIONS, each["wanted"]),
            word_of(TRANSACTIONS, each["found"]),
        ),
        "status": (_("Wishes in force"), _("paused")),
        "valid_until": (_("Wishes in force"), _until(each)),
        "owner": (_("Somebody else's home"), _("the person owns it")),
        "discarded": (_("Not refused before"), _("said no thanks")),
    }
    wanted, found = texts.get(each["name"], (str(each["name"]).replace("_", " "), ""))
    return wanted, found, ""


def _until(each: Criterion) -> str:
    found = str(each["found"] or "")
    return _("until %(day)s") % {"day": day(found)} if each["name"] == "valid_until" and found else ""


def _bounds(wanted: Mapping[str, Any], tell: Callable[[Any], str]) -> str:
    low, high = wanted.get("min"), wanted.get("max")
    if low is not None and low == high:
        return tell(low)
    if low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": tell(low), "high": tell(high)}
    return _("up to %(high)s") % {"high": tell(high)} if high is not None else _("from %(low)s") % {"low": tell(low)}
