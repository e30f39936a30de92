"""The criteria of a verdict in words: what is wanted, what the home has, and how many points it brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.gateway.upstream.matching import Criterion, Explanation
from services.gateway.web.formats import area, day, money, number
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import feature_name, label, status_name, type_name, word_of
from shared.vocabulary.criteria import CRITERIA, FEATURE_WEIGHTS
from shared.vocabulary.listings import TRANSACTIONS, WANTED_TRANSACTIONS

WEIGHTS = {3: "strong", 2: "would", 1: "might"}
GROUPS = {"must_have": "must", "wont_accept": "wont"}
# what is wanted and what there is
Words = tuple[str, str]


@dataclass(frozen=True)
class CriterionRow:
    """One criterion: wanted, found, its state as a page draws it, the sentence of matching, and the points."""

    name: str
    wanted: str
    found: str
    weight: str
    state: str
    sentence: str
    points: str


def criterion_rows(pair: Explanation, *, hard: bool) -> list[CriterionRow]:
    """The criteria that must be met, or those that would be nice."""
    return [_row(each) for each in pair["criteria"] if each["hard"] == hard]


def _row(each: Criterion) -> CriterionRow:
    wanted, found = _words(each)
    return CriterionRow(
        name=each["name"],
        wanted=wanted[:1].upper() + wanted[1:],
        found=found,
        weight=_weight(each),
        state=_state(each),
        sentence=each["reason"]["text"],
        points=_points(each),
    )


def _state(each: Criterion) -> str:
    """What is not wanted and not mentioned passes, but nobody has said so; a wish that fails is merely missing."""
    if is_feature(each) and each["found"] is None:
        return "unknown"
    return "lacks" if each["state"] == "fail" and not each["hard"] else each["state"]


def _points(each: Criterion) -> str:
    if each["most"] is None:
        return ""
    earned, most = number(round(each["earned"] or 0, 1)), number(round(each["most"], 1))
    return _("%(got)s of %(most)s") % {"got": earned, "most": most}


def is_feature(each: Criterion) -> bool:
    """Whether a criterion is about one feature; its name is then "group.feature"."""
    return "." in each["name"]


def _weight(each: Criterion) -> str:
    if not is_feature(each):
        return ""
    code = GROUPS.get(each["name"].partition(".")[0]) or WEIGHTS.get(each["weight"] or 0)
    return word_of(FEATURE_WEIGHTS, code) if code else ""


def _words(each: Criterion) -> Words:
    """What is wanted and what there is."""
    if is_feature(each):
        found = {True: _("Yes"), False: _("No")}.get(each["found"], _("Not stated"))
        return feature_name(each["name"].partition(".")[2]).capitalize(), found
    writers: dict[str, Callable[[Criterion], Words]] = {
        "price": _price,
        "location": _place,
        "property_sub_type": _type,
        "bedrooms": _number,
        "bathrooms": _number,
        "living_area": _area,
        "lot_size_area": _area,
        "year_built": _year,
    }
    return writers.get(each["name"], _gate)(each)


def _price(each: Criterion) -> Words:
    wanted, found = each["wanted"], each["found"] or {}
    currency = wanted.get("currency") or found.get("currency")
    has = money(found["amount"], found.get("currency")) if found.get("amount") is not None else _("Not stated")
    return _bounds(wanted, lambda value: money(value, currency)), has


def _number(each: Criterion) -> Words:
    thing = word_of(CRITERIA, each["name"])
    has = _("Not stated") if each["found"] is None else f"{number(each['found'])} {thing}"
    return f"{_bounds(each['wanted'], number)} {thing}", has


def _area(each: Criterion) -> Words:
    has = _("Not stated") if each["found"] is None else area(each["found"])
    return f"{_bounds(each['wanted'], area)}, {word_of(CRITERIA, each['name'])}", has


def _year(each: Criterion) -> Words:
    has = _("Not stated") if each["found"] is None else str(int(each["found"]))
    wanted = _bounds(each["wanted"], lambda value: str(int(value)))
    return f"{wanted}, {word_of(CRITERIA, each['name'])}", has


def _place(each: Criterion) -> Words:
    wanted, found = each["wanted"] or {}, each["found"]
    if "circle" in wanted:
        radius = number(round(wanted["circle"]["radius_km"], 1))
        has = _("Not stated") if found is None else _("%(km)s km from the centre") % {"km": number(found)}
        return _("Within %(km)s km of a point") % {"km": radius}, has
    if "polygon" in wanted:
        return _("Inside the drawn area"), _("Not stated") if found is None else _("Where it is on the map")
    place = wanted.get("place") or {}
    return str(next(iter(place.values()), _("One of the areas"))), _place_found(found)


def _place_found(found: object) -> str:
    """The name of the place where the home is."""
    if found is None:
        return _("Not stated")
    name = next((value for value in found.values() if value), None) if isinstance(found, Mapping) else found
    return str(name) if name and name is not True else _("Where it is on the map")


def _type(each: Criterion) -> Words:
    wanted: Sequence[str] = each["wanted"] if isinstance(each["wanted"], list) else [each["wanted"]]
    return ", ".join(map(type_name, wanted)), type_name(each["found"]) if each["found"] else _("Not stated")


def _gate(each: Criterion) -> Words:
    match each["name"]:
        case "standard_status":
            return _("On the market"), status_name(str(each["found"]))
        case "transaction":
            return label(WANTED_TRANSACTIONS, each["wanted"]), word_of(TRANSACTIONS, each["found"])
        case "status":
            return _("Active wishes"), _("paused")
        case "valid_until":
            return _("Active wishes"), _until(each)
        case "owner":
            return _("Not the person's own home"), _("the person owns it")
        case "discarded":
            return _("Not refused before"), _("said no thanks")
        case name:
            return name.replace("_", " "), ""


def _until(each: Criterion) -> str:
    last = str(each["found"] or "") if each["name"] == "valid_until" else ""
    return _("until %(day)s") % {"day": day(last)} if last else ""


def _bounds(wanted: Mapping[str, Any], show: Callable[[Any], str]) -> str:  # figures of any criterion
    low, high = wanted.get("min"), wanted.get("max")
    if low is not None and low == high:
        return show(low)
    if low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": show(low), "high": show(high)}
    return _("up to %(high)s") % {"high": show(high)} if high is not None else _("from %(low)s") % {"low": show(low)}
