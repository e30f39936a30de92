"""What a draft of wishes finds, as the page shows it: funnel, what would open it up, best homes, pins, prices."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from services.gateway.components.beam.present import beam
from services.gateway.components.map import pins
from services.gateway.web.answers import Row
from services.gateway.web.vocabulary import type_name
from services.gateway.web.words import area as area_shown
from services.gateway.web.words import gettext as _
from services.gateway.web.words import money, ngettext

SIZES = ("bedrooms", "bathrooms", "living_area", "lot_size_area", "year_built", "property_sub_type")
BEST, OPENINGS = 5, 4
MET_AT_MOST = 150  # as many points as the service tells of homes that fit
KM_A_DEGREE = 111.32


def told(preview: Mapping[str, Any], wishes: Mapping[str, Any], path: str) -> Row:
    """Everything for the page's right side and its map; `path` leads to a home when its id is added."""
    counts = [count_in(area, preview["homes"]) for area in wishes["areas"]]
    return {
        "total": preview["total"],
        "near": preview["near"],
        "possible": preview["possible"],
        "steps": steps(preview, wishes),
        "openings": openings(preview),
        "best": [match | {"beam": beam(match)} for match in preview["top"][:BEST]],
        "homes": spots(preview, path),
        "bars": bars(preview["prices"], wishes.get("list_price_max")),
        "labels": {word["typed"]: word for word in preview["words"]},
        "counts": counts,
        "count_texts": [count_text(count) for count in counts],
        "warnings": preview["warnings"],
        "sentence": fit_sentence(preview),
        "plain": plain_funnel(preview),
    }


def fit_sentence(preview: Mapping[str, Any]) -> str:
    """What readers hear once the figures have settled."""
    fits = ngettext("one home fits", "%(num)s homes fit", preview["total"]) % {"num": preview["total"]}
    near = ngettext("one is near", "%(num)s are near", preview["near"]) % {"num": preview["near"]}
    return f"{fits}, {near}"


def steps(preview: Mapping[str, Any], wishes: Mapping[str, Any]) -> list[Row]:
    """The funnel in at most five steps, as people think: all, price, place, size and kind, features."""
    everything = _("All to let") if wishes["transaction"] == "lease" else _("All for sale")
    found = [{"text": everything, "count": preview["everything"], "group": "all"}]
    left = {_group(step["criterion"]): step["left"] for step in preview["funnel"]}
    names = {
        "price": _budget(wishes),
        "location": ngettext("In this area", "In these areas", len(wishes["areas"])),
        "size": _size(wishes, {word["typed"]: word["label"] for word in preview["words"]}),
        "features": ", ".join(step["label"] for step in preview["funnel"] if _group(step["criterion"]) == "features"),
    }
    return found + [{"text": names[group], "count": count, "group": group} for group, count in left.items()]


def plain_funnel(preview: Mapping[str, Any]) -> str:
    """The funnel in one plain sentence, for people who look for a home themselves."""
    left = {_group(step["criterion"]): step["left"] for step in preview["funnel"]}
    if "price" in left and "location" in left:
        counts = {"area": left["location"], "budget": left["price"], "all": preview["everything"]}
        return _("of %(all)s homes, %(budget)s in budget, %(area)s of them in your areas") % counts
    if "location" in left:
        return _("of %(area)s in your areas") % {"area": left["location"]}
    if "price" in left:
        return _("of %(budget)s in budget") % {"budget": left["price"]}
    return _("of %(all)s homes") % {"all": preview["everything"]}


def openings(preview: Mapping[str, Any]) -> list[Row]:
    """What would add homes, one of a kind; where one wish left nothing over, its own way out comes first."""
    emptied = next((_group(step["criterion"]) for step in preview["funnel"] if not step["left"]), None)
    found: dict[str, Row] = {}
    for each in preview["counterfactuals"]:
        key = f"{each['change']}.{each['figures'].get('feature', '')}"
        found.setdefault(key, each)
    ranked = sorted(found.values(), key=lambda each: _group(each["change"].partition(".")[0]) != emptied)
    return ranked[:OPENINGS]


def spots(preview: Mapping[str, Any], path: str) -> list[pins.Pin]:
    """Pins for the map; homes of which more is known are named."""
    known = {match["listing_id"]: match["listing"] for match in preview["top"]}
    found = [
        pins.pin({**known.get(home["id"], {}), **home}, pins.KINDS.get(home["kind"], "other"), path)
        for home in preview["homes"]
    ]
    return [pin for pin in found if pin]


def bars(prices: Mapping[str, Any] | None, most: float | None) -> Row | None:
    """The supply behind the budget: heights of 100 by the square root, and which are within."""
    if not prices or not any(prices["counts"]):
        return None
    step, counts = prices["step"], prices["counts"]
    tallest = max(counts)
    drawn = [
        {
            "x": at * 12,
            "height": round(36 * math.sqrt(count / tallest), 1),
            "on": most is None or (at + 0.5) * step <= most,
        }
        for at, count in enumerate(counts)
    ]
    end = step * len(counts)
    now = end if most is None else min(most, end)
    return {"bars": drawn, "step": step / 2, "most": end, "now": now, "currency": prices["currency"]}


def count_in(area: Mapping[str, Any], homes: Sequence[Mapping[str, Any]]) -> int | None:
    """How many of the homes that fit lie in an area; None where that cannot be told from points."""
    met = [home for home in homes if home["kind"] in ("match", "possible")]
    if "place" in area or len(met) >= MET_AT_MOST:
        return None
    return sum(_holds(area, home["latitude"], home["longitude"]) for home in met)


def count_text(count: int | None) -> str:
    """So many homes; nothing where it is not known."""
    return "" if count is None else ngettext("one home", "%(num)s homes", count) % {"num": count}


def _holds(area: Mapping[str, Any], latitude: float, longitude: float) -> bool:
    if "circle" in area:
        circle = area["circle"]
        east = (circle["longitude"] - longitude) * math.cos(math.radians(latitude))
        return bool(math.hypot(circle["latitude"] - latitude, east) * KM_A_DEGREE <= circle["radius_km"])
    shape = area["polygon"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return any(_inside(rings[0], latitude, longitude) for rings in parts)


def _inside(ring: Sequence[Sequence[float]], latitude: float, longitude: float) -> bool:
    inside = False
    for (x1, y1, *_rest), (x2, y2, *_more) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _group(criterion: str) -> str:
    name = criterion.partition(".")[0]
    if name in SIZES:
        return "size"
    return "features" if name in ("must_have", "wont_accept") else name


def _budget(wishes: Mapping[str, Any]) -> str:
    low, high, currency = wishes["list_price_min"], wishes["list_price_max"], wishes["currency"]
    if low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": money(low, currency), "high": money(high, currency)}
    if high is not None:
        return _("Up to %(price)s") % {"price": money(high, currency)}
    return _("From %(price)s") % {"price": money(low, currency)}


def _size(wishes: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Kind, rooms and area in a few words."""
    kinds = [labels.get(kind, type_name(kind)) for kind in wishes["property_sub_types"]]
    parts = [", ".join(kinds[:2]).capitalize()] if kinds else []
    if wishes["bedrooms_min"] or wishes["bedrooms_max"]:
        rooms = int(wishes["bedrooms_min"] or wishes["bedrooms_max"])
        parts.append(ngettext("one bedroom", "%(n)s bedrooms", rooms) % {"n": rooms})
    if wishes["living_area_min"]:
        parts.append(area_shown(wishes["living_area_min"]))
    return ", ".join(parts) or _("Size")
