"""What the words of the data are called in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Flask

from services.gateway.web.formats import area, money, plain
from services.gateway.web.language import by_language, ngettext
from services.gateway.web.language import gettext as _

ICONS = {
    "pool": "pool", "garden": "plant-2", "terrace": "sun", "balcony": "sun-high", "lift": "elevator", "garage": "car",
    "fireplace": "flame", "air_conditioning": "snowflake", "sea_view": "ripple", "pets_allowed": "paw",
}  # fmt: skip


@by_language
def _types() -> dict[str, str]:
    return {
        "apartment": _("Apartment"),
        "single_family_residence": _("House"),
        "townhouse": _("Town house"),
        "unimproved_land": _("Land"),
        "office": _("Office"),
        "retail": _("Shop"),
        "warehouse": _("Warehouse"),
        "garage": _("Garage"),
        "": _("Home"),
    }


@by_language
def _features() -> dict[str, str]:
    return {
        "pool": _("pool"),
        "garden": _("garden"),
        "terrace": _("terrace"),
        "balcony": _("balcony"),
        "lift": _("lift"),
        "garage": _("garage"),
        "fireplace": _("fireplace"),
        "air_conditioning": _("air conditioning"),
        "sea_view": _("sea view"),
        "pets_allowed": _("pets allowed"),
        "storage": _("storage"),
        "furnished": _("furnished"),
    }


@by_language
def _statuses() -> dict[str, str]:
    return {
        "active": _("Active"),
        "active_under_contract": _("Under offer"),
        "canceled": _("Canceled"),
        "closed": _("Closed"),
        "coming_soon": _("Coming soon"),
        "expired": _("Expired"),
        "hold": _("On hold"),
        "incomplete": _("Incomplete"),
        "pending": _("Pending"),
        "withdrawn": _("Withdrawn"),
    }


def type_name(word: str | None) -> str:
    """What kind of home it is."""
    return _types().get(word or "") or plain(word).capitalize()


def feature_name(word: str) -> str:
    """What a home has."""
    return _features().get(word) or plain(word)


def status_name(word: str) -> str:
    """Where a listing stands."""
    return _statuses().get(word) or plain(word).capitalize()


def status_colour(word: str) -> str:
    """The colour of a listing's status."""
    return {"active": "pass", "active_under_contract": "near", "pending": "near", "coming_soon": "accent"}.get(word, "")


def kind_name(word: str) -> str:
    """How well a pair meets."""
    return {"match": _("Match"), "possible": _("Possible"), "near": _("Near"), "none": _("No match")}[word]


def home_name(home: Mapping[str, Any]) -> str:
    """What a home is called in lists: its kind and where it is."""
    where = home.get("street_name") or home.get("city") or ""
    return f"{type_name(home.get('property_sub_type'))}, {where}" if where else type_name(home.get("property_sub_type"))


def home_address(home: Mapping[str, Any]) -> str:
    """Where a home stands, as on an envelope."""
    town = " ".join(filter(None, (home.get("postal_code"), home.get("city"))))
    return ", ".join(filter(None, (home.get("street_name"), town, home.get("state_or_province"))))


def home_figures(home: Mapping[str, Any]) -> str:
    """Price, rooms and area in one line."""
    price = money(home.get("list_price"), home.get("currency")) if home.get("list_price") is not None else ""
    return "\u00a0· ".join(filter(None, (price, home_size(home))))


def home_size(home: Mapping[str, Any]) -> str:
    """Rooms and area in one line."""
    rooms = home.get("bedrooms_total")
    parts = [
        ngettext("one bedroom", "%(n)s bedrooms", int(rooms)) % {"n": int(rooms)} if rooms is not None else "",
        area(home.get("living_area")) if home.get("living_area") else "",
    ]
    return "\u00a0· ".join(filter(None, parts))


def question_words(asked: Mapping[str, Any]) -> str:
    """What to ask the owner."""
    known = {
        "list_price": _("What price is asked?"),
        "bedrooms_total": _("How many bedrooms?"),
        "bathrooms_total": _("How many bathrooms?"),
        "living_area": _("How large is the living area?"),
        "lot_size_area": _("How large is the plot?"),
        "year_built": _("When was it built?"),
        "property_sub_type": _("What kind of home is it?"),
        "location": _("Where exactly does it stand?"),
    }
    word = feature_name(str(asked["about"]))
    return known.get(str(asked["field"])) or _("%(thing)s: yes or no?") % {"thing": word[:1].upper() + word[1:]}


def kinds_of_home(chosen: str | None = None) -> list[tuple[str, str]]:
    """The kinds that forms offer, and the one that was chosen already."""
    usual = ("apartment", "single_family_residence", "townhouse", "unimproved_land", "office", "retail", "garage")
    words = (*usual, chosen) if chosen and chosen not in usual else usual
    return [(word, type_name(word)) for word in words]


def feature_choices(typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """The features that the form asks about: the usual ones and those already said."""
    usual = ("garden", "terrace", "balcony", "lift", "garage", "pool", "fireplace", "air_conditioning", "sea_view")
    said = [name.removeprefix("feature_") for name in typed if name.startswith("feature_")]
    words = list(dict.fromkeys([*usual, "pets_allowed", *said]))
    return [{"word": word, "text": feature_name(word), "said": typed.get(f"feature_{word}", "")} for word in words]


def register(app: Flask) -> None:
    """Give the templates these words."""
    names = (type_name, feature_name, status_name, status_colour, kind_name, home_name)
    lines = (home_figures, home_size, home_address, question_words)
    app.jinja_env.filters.update({name.__name__: name for name in (*names, *lines)})
    app.jinja_env.globals.update(FEATURE_ICONS=ICONS, KINDS_OF_HOME=kinds_of_home, feature_choices=feature_choices)


# Statuses in the order in which pages show them, each with what it is called.
LISTING_STATUSES = {
    word: partial(status_name, word)
    for word in (
        *("active", "coming_soon", "active_under_contract", "pending", "hold", "incomplete"),
        *("closed", "withdrawn", "expired", "canceled"),
    )
}
