"""Inviting a member: the form, the mail, and the link that is shown once."""

from __future__ import annotations

from flask import Response, request

from services.gateway.accounts.handlers import invitations
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.schemas.member import Invited
from services.gateway.upstream.notifications import Invitation
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.deps import deps
from services.gateway.web.forms.api_schemas import load_texts
from services.gateway.web.forms.page_form import FormErrors, submit, text_fields
from services.gateway.web.language import language
from services.gateway.web.session import member, session_policy
from shared.errors import Unavailable

blp = new_blueprint("member_invitations", guarded=True)
FIELDS = ("email", "display_name", "role", "language", "phone")


@blp.get("/members/new")
@session_policy("admin")
def new_member() -> Response:
    """The form for a new member."""
    return _form({"role": "agent", "language": language()}, FormErrors())


@blp.post("/members")
@session_policy("admin")
def invite() -> Response:
    """Add a member and mail them a link, with which they choose a password."""
    typed = text_fields(*FIELDS)
    invited, errors = submit(
        lambda: invitations.invite(deps(), member(), load_texts(Invited(), typed, emptied=("phone",)))
    )
    return _form(typed, errors) if invited is None else _invited(*invited)


@blp.post("/members/<member_id>/invitation")
@session_policy("admin")
def invite_again(member_id: str) -> Response:
    """Send another link, in place of the one before."""
    return _invited(*invitations.invite_again(deps(), member(), member_id))


def _form(typed: dict[str, str], errors: FormErrors) -> Response:
    status = 422 if errors else 200
    return respond.page("administration/members/new.html", status=status, typed=typed, faults=errors)


def _invited(who: Member, token: str) -> Response:
    """Show the link this once, and whether it is on its way by mail."""
    link = f"{request.url_root.rstrip('/')}/welcome/{token}"
    is_mailed = _mail(who, token)
    return respond.page("administration/members/invited.html", who=who, link=link, mailed=is_mailed)


def _mail(who: Member, token: str) -> bool:
    """Have the link mailed; False when notifications does not answer, so that the admin hands it over."""
    invitation: Invitation = {
        "member_id": who.id,
        "address": who.email,
        "full_name": who.display_name,
        "language": who.language or language(),
        "token": token,
    }
    try:
        clients().notifications.invite(invitation)
    except Unavailable:
        return False
    return True
