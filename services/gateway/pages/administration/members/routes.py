"""The people who work at an agency, as its admins keep them."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from services.gateway.accounts.handlers import invitations, members
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.schemas.member import Invited, MemberChanged
from services.gateway.upstream.notifications import Invitation
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.checked import checked
from services.gateway.web.clients import clients
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from services.gateway.web.language import language
from services.gateway.web.session import member, session_policy
from services.gateway.web.view import Faults, done, form, show, trying
from shared.errors import Unavailable

blp = new_blueprint("members_page", guarded=True)
MOST, LATEST = 200, 8


@blp.get("/members")
@session_policy("admin")
def show_members() -> Response:
    """Everybody who works here, those who were let go last."""
    people = deps().members.of(member().agency_id).page_of_all(MOST, None).items
    people.sort(key=lambda each: (not each.active, each.display_name.casefold()))
    last = deps().sign_ins.of(member().agency_id).last_of([each.id for each in people])
    return show("administration/members/index.html", people=people, last=last, invited=_invitations())


@blp.get("/members/new")
@session_policy("admin")
def new_member() -> Response:
    """The form for somebody new."""
    return show("administration/members/new.html", typed={"role": "agent", "language": language()}, faults=Faults())


@blp.post("/members")
@session_policy("admin")
def invite() -> Any:
    """Add somebody and mail them a link, with which they choose a password."""
    typed = form("email", "display_name", "role", "language", "phone")
    answer, faults = trying(lambda: invitations.invite(deps(), member(), _facts(Invited(), typed)))
    if answer is None:
        return show("administration/members/new.html", status=422, typed=typed, faults=_told(faults))
    return _invited(*answer)


@blp.get("/members/<member_id>")
@session_policy("admin")
def show_member(member_id: str) -> Response:
    """One of them: facts, what they may do, how they came in."""
    return _page(deps().members.of(member().agency_id).get(member_id))


@blp.post("/members/<member_id>")
@session_policy("admin")
def change(member_id: str) -> Any:
    """Correct facts or the role."""
    who = deps().members.of(member().agency_id).get(member_id)
    typed = form("email", "display_name", "role", "phone", "version")
    version = int(typed["version"]) if typed["version"].isdigit() else 0
    typed.pop("version")
    facts, faults = trying(lambda: _facts(MemberChanged(), typed))
    if facts is not None:
        _none, faults = trying(lambda: members.change_member_as(deps(), member(), member_id, facts, version))
    if faults:
        return _page(who, 422, typed=typed, faults=_told(faults))
    return done(_("Saved."), f"/members/{member_id}")


@blp.post("/members/<member_id>/active")
@session_policy("admin")
def set_active(member_id: str) -> Any:
    """Let somebody go, or in again."""
    active = request.form.get("active") == "yes"
    who = deps().members.of(member().agency_id).get(member_id)
    _none, faults = trying(lambda: members.change_member_as(deps(), member(), member_id, {"active": active}, 0))
    if faults:
        return _page(who, 422, faults=Faults({"": " ".join(_told(faults).values())}))
    told = _("%(name)s may sign in again.") if active else _("%(name)s was let go and is signed out everywhere.")
    return done(told % {"name": who.display_name}, f"/members/{member_id}")


@blp.post("/members/<member_id>/sessions-end")
@session_policy("admin")
def end_sessions(member_id: str) -> Any:
    """Sign somebody out everywhere."""
    who = members.sign_out_everywhere(deps(), member(), member_id)
    return done(_("%(name)s is signed out everywhere.") % {"name": who.display_name}, f"/members/{member_id}")


@blp.post("/members/<member_id>/second-step-removal")
@session_policy("admin")
def drop_second_step(member_id: str) -> Any:
    """Ask somebody for no more codes, who has lost the telephone."""
    who = members.remove_second_step_of(deps(), member(), member_id)
    return done(_("%(name)s signs in without a code now.") % {"name": who.display_name}, f"/members/{member_id}")


@blp.post("/members/<member_id>/invitation")
@session_policy("admin")
def invite_again(member_id: str) -> Any:
    """Send another link, in place of the one before."""
    return _invited(*invitations.invite_again(deps(), member(), member_id))


def _invited(who: Member, token: str) -> Response:
    """Show the link this once, beside saying whether it is on its way by mail."""
    mailed = _mail_invitation(who, token)
    link = f"{request.url_root.rstrip('/')}/welcome/{token}"
    return show("administration/members/invited.html", who=who, link=link, mailed=mailed)


def _mail_invitation(who: Member, token: str) -> bool:
    """Have the link mailed; False when notifications gives no answer, so that the admin hands it over."""
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


def _page(who: Member, status: int = 200, **told: Any) -> Response:
    listed = deps().sign_ins.of(who.agency_id).listed(LATEST, None, who.id).items
    told = {"typed": vars(who), "faults": Faults()} | told
    sessions = deps().sessions.of_member(who.id)
    until = _invitations().get(who.id)
    return show(
        "administration/members/show.html",
        status=status,
        who=who,
        sign_ins=listed,
        sessions=sessions,
        until=until,
        **told,
    )


def _invitations() -> dict[str, Any]:
    return dict(deps().invitations.of(member().agency_id).until())


def _facts(schema: Any, typed: dict[str, str]) -> dict[str, Any]:
    return checked(schema, {name: value or None for name, value in typed.items() if value or name == "phone"})


def _told(faults: Faults) -> Faults:
    """Refusals of the rules in the page's language; they speak English to programs."""
    sentences = {
        "Make somebody else an admin first.": _("Make somebody else an admin first: an agency keeps at least one."),
        "Somebody signs in with this address already.": _("Somebody signs in with this address already."),
    }
    return Faults({name: sentences.get(told, told) for name, told in faults.items()})
