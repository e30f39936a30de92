"""The way around: what stands in the rail for whom."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF


@dataclass(frozen=True)
class Way:
    """One entry of the rail; `name` is what a template sets as `at` to be the current one."""

    name: str
    path: str
    icon: str
    text: str
    roles: tuple[str, ...]
    section: str = "work"
    key: str = ""


def navigation(role: str) -> list[Way]:
    """The entries that this role may open, in order."""
    return [way for way in _ways() if role in way.roles]


def _ways() -> list[Way]:
    caretakers, admin = ("admin", "operator"), ("admin",)
    return [
        Way("today", "/", "sun-high", _("Today"), STAFF, key="t"),
        Way("contacts", "/contacts", "users", _("Contacts"), STAFF, key="c"),
        Way("listings", "/listings", "home", _("Listings"), STAFF, key="l"),
        Way("explain", "/explain", "scale", _("Explain"), STAFF, key="e"),
        Way("sent", "/sent", "send", _("Sent"), STAFF, key="s"),
        Way("services", "/services", "activity-heartbeat", _("Services"), caretakers, "administration"),
        Way("agency", "/agency", "building-store", _("Agency"), admin, "administration"),
        Way("members", "/members", "user-shield", _("Members"), admin, "administration"),
        Way("clients", "/clients", "key", _("API clients"), admin, "administration"),
        Way("sign-ins", "/sign-ins", "history", _("Sign-ins"), admin, "administration"),
    ]
