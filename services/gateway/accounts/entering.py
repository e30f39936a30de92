"""Coming in, and what is written down of it: who, when, how, from where; or why not."""

from __future__ import annotations

from typing import Any

from services.gateway.accounts import handlers
from services.gateway.accounts.credentials import fingerprint
from services.gateway.accounts.handlers import Deps
from services.gateway.accounts.model import Member, email_key
from services.gateway.accounts.origin import Origin
from shared.errors import TooManyRequests, Unauthorized

SHORT = 16


def sign_in(deps: Deps, email: str, password: str, origin: Origin) -> str:
    """As handlers.sign_in; whoever is a member finds every attempt on their account written down."""
    try:
        secret = handlers.sign_in(deps, email, password, origin.address)
    except (Unauthorized, TooManyRequests) as error:
        if found := deps.members.by_email(email_key(email)):
            _note(deps, found, "refused" if isinstance(error, Unauthorized) else "limited", origin)
        raise
    waiting = handlers.waiting_for_code(deps, secret)
    came = waiting or handlers.signed_in(deps, secret, touch=False)
    if isinstance(came, Member):
        _note(deps, came, "half" if waiting else "password", origin)
    _describe(deps, secret, origin)
    return secret


def confirm_code(deps: Deps, secret: str, code: str, origin: Origin) -> tuple[str, Member]:
    """As handlers.confirm_code."""
    waiting = handlers.waiting_for_code(deps, secret)
    try:
        fresh, member = handlers.confirm_code(deps, secret, code, origin.address)
    except (Unauthorized, TooManyRequests) as error:
        if waiting:
            _note(deps, waiting, "code_refused" if isinstance(error, Unauthorized) else "limited", origin)
        raise
    _note(deps, member, "code", origin)
    _describe(deps, fresh, origin)
    return fresh, member


def came_by_invitation(deps: Deps, member: Member, secret: str, origin: Origin) -> None:
    """Write down that somebody took an invitation up."""
    _note(deps, member, "invitation", origin)
    _describe(deps, secret, origin)


def own_sessions(deps: Deps, member: Member, secret: str) -> list[dict[str, Any]]:
    """Where somebody is signed in, the last used first; `here` is the one that asks."""
    here = fingerprint(secret)
    return [
        {**row, "here": row["_id"] == here, "short": row["_id"][:SHORT]} for row in deps.sessions.of_member(member.id)
    ]


def end_session(deps: Deps, member: Member, short: str) -> bool:
    """End one of somebody's own sessions; False when it has ended already."""
    found = [row["_id"] for row in deps.sessions.of_member(member.id) if row["_id"].startswith(short)]
    for session_id in found if len(short) == SHORT else []:
        deps.sessions.close(session_id)
    return bool(found)


def end_other_sessions(deps: Deps, member: Member, secret: str) -> None:
    """End every session of somebody but the one that asks."""
    deps.sessions.close_all(member.id, but=fingerprint(secret))


def _note(deps: Deps, member: Member, outcome: str, origin: Origin) -> None:
    deps.sign_ins.note(member, outcome, origin.place, origin.browser)


def _describe(deps: Deps, secret: str, origin: Origin) -> None:
    deps.sessions.describe(fingerprint(secret), origin.place, origin.browser)
