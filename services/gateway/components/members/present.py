"""Roles, and how an attempt to sign in went, in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from services.gateway.web.language import language
from services.gateway.web.vocabulary import label, options
from shared.vocabulary.sign_ins import ROLE_DUTIES, ROLES, SIGN_IN_OUTCOMES

ICONS = {
    "password": ("login-2", "pass"),
    "code": ("shield-check", "pass"),
    "invitation": ("mail-opened", "pass"),
    "half": ("key", ""),
    "refused": ("circle-x", "fail"),
    "code_refused": ("circle-x", "fail"),
    "limited": ("lock", "near"),
}


@dataclass(frozen=True)
class SignInOutcome:
    """How an attempt to sign in went: its icon, the colour of that, and a sentence."""

    icon: str
    colour: str
    text: str


def sign_in_outcome(outcome: str) -> SignInOutcome:
    """An attempt as pages show it."""
    icon, colour = ICONS.get(outcome, ("help-circle", ""))
    return SignInOutcome(icon, colour, label(SIGN_IN_OUTCOMES, outcome))


def role_name(role: str) -> str:
    """The name of a role."""
    return label(ROLES, role)


def roles() -> list[tuple[str, str]]:
    """The roles that an agency gives, with what each may do."""
    return options(ROLE_DUTIES)


def register(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(sign_in_outcome=sign_in_outcome, role_name=role_name)
    app.jinja_env.globals.update(ROLES=roles, reading_language=language)
