"""How an attempt to come in went, in words."""

from __future__ import annotations

from flask import Flask

from services.gateway.web.language import gettext as _
from services.gateway.web.language import language

NAMED = ("agent", "manager", "admin")


def came_in(outcome: str) -> tuple[str, str, str]:
    """Icon, colour and sentence for an attempt."""
    known = {
        "password": ("login-2", "pass", _("Signed in with the password")),
        "code": ("shield-check", "pass", _("Signed in with password and code")),
        "invitation": ("mail-opened", "pass", _("Took the invitation up")),
        "half": ("key", "", _("The password was right, the code was asked for")),
        "refused": ("circle-x", "fail", _("Refused: the password was not right, or they were let go")),
        "code_refused": ("circle-x", "fail", _("Refused: the code was not right")),
        "limited": ("lock", "near", _("Refused: too many attempts had failed")),
    }
    return known.get(outcome, ("help-circle", "", outcome))


def role_name(role: str) -> str:
    """A role as people call it."""
    names = {"agent": _("Agent"), "manager": _("Manager"), "admin": _("Admin"), "operator": _("Operator")}
    return names.get(role, role)


def roles() -> list[tuple[str, str]]:
    """The roles that an agency gives, with what each may do."""
    told = {
        "agent": _("Agent: people, homes, wishes, sending"),
        "manager": _("Manager: also erases anybody's people"),
        "admin": _("Admin: also members, clients, services"),
    }
    return [(role, told[role]) for role in NAMED]


def register(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(came_in=came_in, role_name=role_name)
    app.jinja_env.globals.update(ROLES=roles, reading_language=language)
