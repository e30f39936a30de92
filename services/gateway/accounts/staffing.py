"""An agency's people as its admins keep them: invited by a link, given a role, let go, signed out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.gateway.accounts import handlers
from services.gateway.accounts.codes import NO_LONGER_HERE
from services.gateway.accounts.credentials import fingerprint, new_secret
from services.gateway.accounts.handlers import Deps
from services.gateway.accounts.model import Member
from shared.errors import Conflict, NotFound, Unavailable
from shared.running.context import new_id
from shared.storage.mongo import transaction


def invite(deps: Deps, by: Member, facts: Mapping[str, Any]) -> tuple[Member, str]:
    """Add somebody who chooses a password by a link; the link's token is told now and never again."""

    def work() -> tuple[Member, str]:
        member = Member(id=new_id(), agency_id=by.agency_id, password_hash="", **facts)
        deps.members.of(by.agency_id).save(member)
        return member, _token(deps, member)[0]

    return transaction(deps.members.db.client, work)


def invite_again(deps: Deps, by: Member, member_id: str) -> tuple[Member, str]:
    """Another link in place of the one before: for who has not come yet, or has lost the password."""

    def work() -> tuple[Member, str]:
        member = deps.members.of(by.agency_id).get(member_id)
        if not member.active:
            raise Conflict(NO_LONGER_HERE())
        return member, _token(deps, member)[0]

    return transaction(deps.members.db.client, work)


def mail_invitation(deps: Deps, by: Member, member: Member, token: str, language: str) -> bool:
    """Have the link mailed; False when notifications gives no answer, so that the admin hands it over."""
    body = {"address": member.email, "full_name": member.display_name, "token": token}
    body |= {"language": member.language or language, "member_id": member.id}
    try:
        deps.upstream.call("notifications", "POST", "/v1/invitations", deps.tokens.of_member(by), body)
    except Unavailable:
        return False
    return True


def invited(deps: Deps, token: str) -> Member:
    """Whom an invitation lets in; NotFound when it is over, was used, or they were let go."""
    found = deps.invitations.find(fingerprint(token))
    member = deps.members.by_id(found[1]) if found else None
    if member is None or not member.active:
        raise NotFound("This invitation is over, or was used already.")
    return member


def accept(deps: Deps, token: str, password: str) -> tuple[Member, str]:
    """Use the invitation up, set the password, open a session; what its cookie holds comes back."""
    member = invited(deps, token)

    def work() -> None:
        if not deps.invitations.use(fingerprint(token)):
            raise NotFound("This invitation is over, or was used already.")
        handlers.change_password(deps, member.agency_id, member.id, password)

    transaction(deps.members.db.client, work)
    return member, handlers.open_session(deps, member)


def change(deps: Deps, by: Member, member_id: str, facts: Mapping[str, Any], version: int) -> Member:
    """Correct facts, the role, or whether somebody works here; the last admin stays."""
    store = deps.members.of(by.agency_id)

    def work() -> Member:
        if facts.get("active") is False:
            deps.invitations.of(by.agency_id).withdraw(member_id)
        return handlers.change_member(deps, by.agency_id, member_id, facts, version or store.get(member_id).version)

    return transaction(deps.members.db.client, work)


def sign_out_everywhere(deps: Deps, by: Member, member_id: str) -> Member:
    """End all sessions of a member."""
    member: Member = deps.members.of(by.agency_id).get(member_id)
    deps.sessions.close_all(member.id)
    return member


def drop_second_step(deps: Deps, by: Member, member_id: str) -> Member:
    """Ask a member for no more codes, who has lost the telephone; whoever is signed in no longer is."""
    member = sign_out_everywhere(deps, by, member_id)
    deps.members.keep_second_step(member.id, None, 0)
    return member


def _token(deps: Deps, member: Member) -> tuple[str, datetime]:
    token = new_secret()
    return token, deps.invitations.of(member.agency_id).open(fingerprint(token), member.id)
