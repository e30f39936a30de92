"""How an attempt to come in went, in words."""

from __future__ import annotations

from flask import Flask

from services.gateway.web.language import language
from services.gateway.web.vocabulary import label, options
from shared.vocabulary.sign_ins import ROLE_DUTIES, ROLES, SIGN_IN_OUTCOMES

DRAWN = {
    "password": ("login-2", "pass"),
    "code": ("shield-check", "pass"),
    "invitation": ("mail-opened", "pass"),
    "half": ("key", ""),
    "refused": ("circle-x", "fail"),
    "code_refused": ("circle-x", "fail"),
    "limited": ("lock", "near"),
}


def came_in(outcome: str) -> tuple[str, str, str]:
    """Icon, colour and sentence for an attempt."""
    return *DRAWN.get(outcome, ("help-circle", "")), label(SIGN_IN_OUTCOMES, outcome)


def role_name(role: str) -> str:
    """A role as people call it."""
    return label(ROLES, role)


def roles() -> list[tuple[str, str]]:
    """The roles that an agency gives, with what each may do."""
    return options(ROLE_DUTIES)


def register(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(came_in=came_in, role_name=role_name)
    app.jinja_env.globals.update(ROLES=roles, reading_language=language)
