"""The funnel of a preview: how many homes each part of the wishes leaves, in at most five steps."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.upstream.matching import Preview, SavedSearchPatch
from services.gateway.web.formats import area as area_text
from services.gateway.web.formats import money
from services.gateway.web.language import gettext as _
from services.gateway.web.language import ngettext
from services.gateway.web.vocabulary import type_name

SIZES = ("bedrooms", "bathrooms", "living_area", "lot_size_area", "year_built", "property_sub_type")
FEATURES = ("must_have", "wont_accept")
MOST_TYPES_NAMED = 2


@dataclass(frozen=True)
class FunnelStep:
    """How many homes are left after a part of the wishes: all, price, location, size or features."""

    group: str
    text: str
    count: int


def funnel_steps(reply: Preview, criteria: SavedSearchPatch) -> tuple[FunnelStep, ...]:
    """The funnel as people think: all homes, then price, place, size and kind, features."""
    everything = _("All to let") if criteria["transaction"] == "lease" else _("All for sale")
    left = _left_by_group(reply)
    texts = {
        "price": _budget(criteria),
        "location": ngettext("In this area", "In these areas", len(criteria["areas"])),
        "size": _size(reply, criteria),
        "features": ", ".join(step["label"] for step in reply["funnel"] if group_of(step["criterion"]) == "features"),
    }
    steps = (FunnelStep(group, texts[group], count) for group, count in left.items())
    return (FunnelStep("all", everything, reply["everything"]), *steps)


def plain_funnel(reply: Preview) -> str:
    """The funnel in one plain sentence, for people who look for a home themselves."""
    left = _left_by_group(reply)
    if "price" in left and "location" in left:
        counts = {"area": left["location"], "budget": left["price"], "all": reply["everything"]}
        return _("of %(all)s homes, %(budget)s within budget, %(area)s of them in your areas") % counts
    if "location" in left:
        return _("of %(area)s in your areas") % {"area": left["location"]}
    if "price" in left:
        return _("of %(budget)s within budget") % {"budget": left["price"]}
    return _("of %(all)s homes") % {"all": reply["everything"]}


def group_of(criterion: str) -> str:
    """The step that a criterion belongs to."""
    name = criterion.partition(".")[0]
    if name in SIZES:
        return "size"
    return "features" if name in FEATURES else name


def _left_by_group(reply: Preview) -> dict[str, int]:
    return {group_of(step["criterion"]): step["left"] for step in reply["funnel"]}


def _budget(criteria: SavedSearchPatch) -> str:
    low, high, currency = criteria["list_price_min"], criteria["list_price_max"], criteria["currency"]
    if low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": money(low, currency), "high": money(high, currency)}
    if high is not None:
        return _("Up to %(price)s") % {"price": money(high, currency)}
    return _("From %(price)s") % {"price": money(low, currency)}


def _size(reply: Preview, criteria: SavedSearchPatch) -> str:
    """Kind, rooms and area in a few words."""
    labels = {word["typed"]: word["label"] for word in reply["words"]}
    types = [labels.get(kind, type_name(kind)) for kind in criteria["property_sub_types"]]
    parts = [", ".join(types[:MOST_TYPES_NAMED]).capitalize()] if types else []
    bedrooms = criteria["bedrooms_min"] or criteria["bedrooms_max"]
    if bedrooms:
        parts.append(ngettext("one bedroom", "%(n)s bedrooms", int(bedrooms)) % {"n": int(bedrooms)})
    if criteria["living_area_min"]:
        parts.append(area_text(criteria["living_area_min"]))
    return ", ".join(parts) or _("Size")
