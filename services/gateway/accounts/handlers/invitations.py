"""Invitations: a link with which a member chooses a password."""

from __future__ import annotations

from datetime import datetime

from services.gateway.accounts import codes
from services.gateway.accounts.credentials import fingerprint, new_secret
from services.gateway.accounts.deps import Deps
from services.gateway.accounts.handlers.facts import Facts
from services.gateway.accounts.handlers.members import change_password
from services.gateway.accounts.handlers.sign_ins import open_session
from services.gateway.accounts.model.member import Member
from shared.errors import Conflict, NotFound
from shared.running.context import new_id
from shared.storage.mongo import transaction


def invite(deps: Deps, by: Member, facts: Facts) -> tuple[Member, str]:
    """Add a member who chooses a password by a link; the link's token is returned only now."""

    def work() -> tuple[Member, str]:
        member = Member(id=new_id(), agency_id=by.agency_id, password_hash="", **facts)
        deps.members.of(by.agency_id).save(member)
        return member, _token(deps, member)[0]

    return transaction(deps.members.db.client, work)


def invite_again(deps: Deps, by: Member, member_id: str) -> tuple[Member, str]:
    """Replace an invitation: for a member who has not signed in yet, or has lost the password."""

    def work() -> tuple[Member, str]:
        member = deps.members.of(by.agency_id).get(member_id)
        if not member.active:
            raise Conflict(codes.NO_LONGER_HERE())
        return member, _token(deps, member)[0]

    return transaction(deps.members.db.client, work)


def invited_member(deps: Deps, token: str) -> Member:
    """The invited member; NotFound when the invitation has expired or was used, or the member was deactivated."""
    ids = deps.invitations.find(fingerprint(token))
    member = deps.members.by_id(ids[1]) if ids else None
    if member is None or not member.active:
        raise NotFound("This invitation has expired or was used already.")
    return member


def accept_invitation(deps: Deps, token: str, password: str) -> tuple[Member, str]:
    """Use the invitation, set the password, open a session; returns the content of its cookie."""
    member = invited_member(deps, token)

    def work() -> None:
        if not deps.invitations.use(fingerprint(token)):
            raise NotFound("This invitation has expired or was used already.")
        change_password(deps, member.agency_id, member.id, password)

    transaction(deps.members.db.client, work)
    return member, open_session(deps, member)


def _token(deps: Deps, member: Member) -> tuple[str, datetime]:
    token = new_secret()
    return token, deps.invitations.of(member.agency_id).open(fingerprint(token), member.id)
