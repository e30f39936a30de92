"""Where an invitation leads: choose a password, and one is in."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, session

from services.gateway.accounts.handlers import invitations, sign_ins
from services.gateway.accounts.schemas.member import NewPassword
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.checked import checked
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from services.gateway.web.language import read_in
from services.gateway.web.session import cookie_name, origin, set_cookie
from services.gateway.web.view import Faults, trying
from shared.errors import NotFound, TooManyRequests
from shared.http.auth import public

blp = new_blueprint("welcome", guarded=True)


@blp.get("/welcome/<token>")
@public
def show_welcome(token: str) -> Any:
    """Say who is invited where, and ask for a password."""
    return _form(token, Faults())


@blp.post("/welcome/<token>")
@public
def accept(token: str) -> Any:
    """Keep the password, use the invitation up, and let them in."""
    typed = {"password": request.form.get("password", "")}
    _none, faults = trying(lambda: checked(NewPassword(), typed))
    if faults:
        return _form(token, faults), 422
    deps().attempts.check(request.remote_addr or "", "welcome")
    member, secret = invitations.accept_invitation(deps(), token, typed["password"])
    sign_ins.sign_out(deps(), request.cookies.get(cookie_name(), ""))
    sign_ins.record_invitation(deps(), member, secret, origin())
    session.clear()
    answer = redirect("/sign-in/code" if member.has_second_step else "/", 303)
    set_cookie(answer, secret)
    return answer


@blp.errorhandler(NotFound)
def _over(error: NotFound) -> Any:
    deps().attempts.failed(request.remote_addr or "", "welcome")
    sentence = _("This invitation is over, or was used already. Ask your admin for another one.")
    return render_template("welcome/over.html", sentence=sentence), error.status


@blp.errorhandler(TooManyRequests)
def _slow_down(error: TooManyRequests) -> Any:
    sentence = _("Too many attempts failed. Wait a quarter of an hour, then try again.")
    return render_template("welcome/over.html", sentence=sentence), error.status


def _form(token: str, faults: Faults) -> str:
    who = invitations.invited_member(deps(), token)
    read_in(who.language)
    agency = deps().agencies.of(who.agency_id).face()
    return render_template("welcome/show.html", who=who, agency_name=agency.name if agency else "", faults=faults)
