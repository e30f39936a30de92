"""The page of an invitation: choose a password and sign in."""

from __future__ import annotations

from flask import Response, request, session

from services.gateway.accounts.handlers import invitations, sign_ins
from services.gateway.accounts.schemas.member import NewPassword
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.forms.api_schemas import load_values
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.language import gettext as _
from services.gateway.web.language import use_language
from services.gateway.web.respond import see_other
from services.gateway.web.session import cookie_name, origin, set_cookie
from shared.errors import NotFound, TooManyRequests
from shared.http.auth import public

blp = new_blueprint("welcome", guarded=True)


@blp.get("/welcome/<token>")
@public
def show_welcome(token: str) -> Response:
    """Show the invited person and the agency, and ask for a password."""
    return _form(token, FormErrors())


@blp.post("/welcome/<token>")
@public
def accept(token: str) -> Response:
    """Store the password, use the invitation, and sign the member in."""
    typed = {"password": request.form.get("password", "")}
    _values, errors = submit(lambda: load_values(NewPassword(), typed))
    if errors:
        return _form(token, errors)
    deps().attempts.check(request.remote_addr or "", "welcome")
    member, secret = invitations.accept_invitation(deps(), token, typed["password"])
    sign_ins.sign_out(deps(), request.cookies.get(cookie_name(), ""))
    sign_ins.record_invitation(deps(), member, secret, origin())
    session.clear()
    answer = see_other("/sign-in/code" if member.has_second_step else "/")
    set_cookie(answer, secret)
    return answer


@blp.errorhandler(NotFound)
def _over(error: NotFound) -> Response:
    deps().attempts.failed(request.remote_addr or "", "welcome")
    sentence = _("This invitation has expired or was used already. Ask your admin for another one.")
    return respond.page("welcome/over.html", status=error.status, sentence=sentence)


@blp.errorhandler(TooManyRequests)
def _slow_down(error: TooManyRequests) -> Response:
    sentence = _("Too many attempts failed. Wait a quarter of an hour, then try again.")
    return respond.page("welcome/over.html", status=error.status, sentence=sentence)


def _form(token: str, errors: FormErrors) -> Response:
    who = invitations.invited_member(deps(), token)
    use_language(who.language)
    agency = deps().agencies.of(who.agency_id).face()
    name = agency.name if agency else ""
    status = 422 if errors else 200
    return respond.page("welcome/show.html", status=status, who=who, agency_name=name, faults=errors)
