"""A member's own sessions: where one is signed in, and ending them."""

from __future__ import annotations

from typing import Any

from services.gateway.accounts.credentials import fingerprint
from services.gateway.accounts.deps import Deps
from services.gateway.accounts.model.member import Member

SHORT = 16


def own_sessions(deps: Deps, member: Member, secret: str) -> list[dict[str, Any]]:
    """Where somebody is signed in, the last used first; `here` is the one of this request."""
    here = fingerprint(secret)
    return [
        {**row, "here": row["_id"] == here, "short": row["_id"][:SHORT]} for row in deps.sessions.of_member(member.id)
    ]


def end_session(deps: Deps, member: Member, short: str) -> bool:
    """End one of somebody's own sessions; False when it has ended already."""
    ids = [row["_id"] for row in deps.sessions.of_member(member.id) if row["_id"].startswith(short)]
    for session_id in ids if len(short) == SHORT else []:
        deps.sessions.close(session_id)
    return bool(ids)


def end_other_sessions(deps: Deps, member: Member, secret: str) -> None:
    """End every session of somebody but the one of this request."""
    deps.sessions.close_all(member.id, but=fingerprint(secret))
