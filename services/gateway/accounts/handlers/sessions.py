"""A member's own sessions: list them and end them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.gateway.accounts.credentials import fingerprint
from services.gateway.accounts.deps import Deps
from services.gateway.accounts.model.member import Member

SHORT = 16


@dataclass(frozen=True)
class OwnSession:
    """One browser in which a member is signed in; `here` marks that of this request, `short` names it in paths."""

    short: str
    here: bool
    browser: str
    place: str
    created_at: datetime
    seen_at: datetime


def own_sessions(deps: Deps, member: Member, secret: str) -> list[OwnSession]:
    """A member's sessions, the last used first."""
    here = fingerprint(secret)
    return [
        OwnSession(
            row["_id"][:SHORT],
            row["_id"] == here,
            row.get("browser") or "",
            row.get("place") or "",
            row["created_at"],
            row["seen_at"],
        )
        for row in deps.sessions.of_member(member.id)
    ]


def end_session(deps: Deps, member: Member, short: str) -> bool:
    """End one of a member's own sessions; False when it has ended already."""
    ids = [row["_id"] for row in deps.sessions.of_member(member.id) if row["_id"].startswith(short)]
    for session_id in ids if len(short) == SHORT else []:
        deps.sessions.close(session_id)
    return bool(ids)


def end_other_sessions(deps: Deps, member: Member, secret: str) -> None:
    """End every session of a member but that of this request."""
    deps.sessions.close_all(member.id, but=fingerprint(secret))
