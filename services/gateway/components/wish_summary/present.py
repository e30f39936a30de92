"""Wishes in one line, and whether they are in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from services.gateway.web.formats import area, money
from services.gateway.web.language import gettext as _
from services.gateway.web.language import ngettext
from services.gateway.web.vocabulary import feature_name, label, type_name, word_of
from shared.vocabulary.criteria import ALERT_FREQUENCIES, SEARCH_STATUSES

# a saved search of matching's, or the draft of one, in which every criterion may be missing
Wishes = Mapping[str, Any]


def wish_state(wishes: Wishes) -> str:
    """Whether wishes are in force, and how their alerts come."""
    if wishes.get("status") != "active":
        return label(SEARCH_STATUSES, "paused")
    return _("Alerts: %(frequency)s") % {"frequency": word_of(ALERT_FREQUENCIES, wishes.get("alerts") or "off")}


def wish_line(wishes: Wishes) -> str:
    """The main criteria of wishes in one line."""
    parts = [", ".join(type_name(code) for code in (wishes.get("property_sub_types") or ())[:2])]
    places = [_place(each) for each in wishes.get("areas") or ()]
    if len(places) > 1:
        places = [ngettext("one area", "%(n)s areas", len(places)) % {"n": len(places)}]
    parts += places
    if wishes.get("list_price_max") is not None:
        parts.append(_("up to %(high)s") % {"high": money(wishes["list_price_max"], wishes.get("currency"))})
    if wishes.get("bedrooms_min"):
        rooms = int(wishes["bedrooms_min"])
        parts.append(ngettext("one bedroom", "%(n)s bedrooms", rooms) % {"n": rooms})
    if wishes.get("living_area_min"):
        parts.append(_("from %(low)s") % {"low": area(wishes["living_area_min"])})
    parts += [feature_name(code) for code in (wishes.get("must_have") or ())[:3]]
    return "\u00a0· ".join(filter(None, parts))


def _place(each: Mapping[str, Any]) -> str:
    if each.get("place"):
        return str(next(iter(each["place"].values()), ""))
    if each.get("circle"):
        return _("within %(km)s km") % {"km": round(each["circle"]["radius_km"], 1)}
    return _("a drawn area")


def register(app: Flask) -> None:
    """Give the templates wishes in one line."""
    app.jinja_env.filters.update(wish_line=wish_line, wish_state=wish_state)
