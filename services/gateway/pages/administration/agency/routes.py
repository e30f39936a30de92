"""What an agency says of itself: name, colour, languages, time zone, currency, who its mail comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from flask import Response, request

from services.gateway.accounts.handlers import agencies
from services.gateway.accounts.model.agency import Agency
from services.gateway.accounts.schemas.agency import AgencyPatch
from services.gateway.web import brand
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.checked import checked
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from services.gateway.web.session import member, session_policy
from services.gateway.web.view import Faults, done, form, show, trying
from shared.storage.mongo import transaction
from shared.vocabulary.i18n import LANGUAGES

blp = new_blueprint("agency_page", guarded=True)
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
TEXTS = ("name", "colour", "time_zone", "currency")
MAIL = ("from_name", "from_address", "reply_to", "postal_address", "public_url")


@dataclass(frozen=True)
class Sample:
    """The colour in one theme, with the contrasts that hold there."""

    theme: str
    ground: str
    shades: brand.Shades

    @property
    def on_button(self) -> float:
        """Text on the button against the button."""
        return brand.contrast(self.shades.on_accent, self.shades.accent)

    @property
    def as_link(self) -> float:
        """A link against the ground."""
        return brand.contrast(self.shades.accent, self.ground)


@blp.get("/agency")
@session_policy("admin")
def show_agency() -> Response:
    """The agency's settings."""
    return _page(_own())


@blp.post("/agency")
@session_policy("admin")
def change() -> Any:
    """Keep what was typed; somebody who was faster is not overwritten."""
    own, words = _own(), form(*TEXTS, *MAIL, "version")
    typed: dict[str, Any] = {**words, "languages": _languages()}
    version = int(words["version"]) if words["version"].isdigit() else 0
    facts, faults = trying(lambda: checked(AgencyPatch(), _facts(typed)))
    if facts is not None:
        _none, faults = trying(lambda: _save(own.id, facts, version))
    if faults:
        return _page(own, 422, typed=typed, faults=faults)
    return done(_("Saved."), "/agency")


@blp.get("/agency/colour")
@session_policy("admin")
def show_colour() -> Response:
    """How a colour looks in both themes, before it is kept."""
    return show(
        "administration/agency/colour.html",
        "administration/agency/_colour.html",
        **_colour(request.args.get("colour", "")),
    )


def _languages() -> list[str]:
    """Those that are ticked, the main one first, ticked or not."""
    first = request.form.get("first_language", "")
    ticked = {*request.form.getlist("languages"), first} & set(LANGUAGES)
    return sorted(ticked, key=lambda each: (each != first, LANGUAGES.index(each)))


def _save(agency_id: str, facts: dict[str, Any], version: int) -> None:
    transaction(deps().agencies.db.client, lambda: agencies.change_agency(deps(), agency_id, facts, version))


def _facts(typed: dict[str, Any]) -> dict[str, Any]:
    """What the schema wants: nothing typed is nothing stated, and `version` is no fact."""
    facts = {name: typed[name] or None for name in ("colour", *MAIL)}
    facts |= {name: typed[name] for name in ("name", "time_zone", "languages")}
    return facts | {"currency": typed["currency"].upper()}


def _page(agency: Agency, status: int = 200, **told: Any) -> Response:
    told = {"typed": vars(agency) | {"version": agency.version}, "faults": Faults()} | told
    choices = {"zones": sorted(available_timezones()), "currencies": sorted(list_currencies())}
    return show(
        "administration/agency/show.html",
        status=status,
        own=agency,
        **choices,
        **told,
        **_colour(told["typed"]["colour"]),
    )


def _colour(colour: str | None) -> dict[str, Any]:
    if not colour or not COLOUR.fullmatch(colour):
        return {"samples": (), "asked_colour": colour}
    light, dark = brand.shades(colour)
    return {"samples": (Sample("light", brand.LIGHT, light), Sample("dark", brand.DARK, dark)), "asked_colour": colour}


def _own() -> Agency:
    found: Agency = deps().agencies.of(member().agency_id).get(member().agency_id)
    return found
