"""One's own account: the second step of signing in, and where one is signed in."""

from __future__ import annotations

from flask import Response, request, session

from services.gateway.accounts import totp
from services.gateway.accounts.handlers import second_step, sessions
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.language import gettext as _
from services.gateway.web.session import cookie_name, member, session_policy
from shared.http.claims import STAFF

blp = new_blueprint("account", guarded=True)
PENDING = "second-step"


@blp.get("/account")
@session_policy(*STAFF, "operator")
def show_account() -> Response:
    """The second step, and one's own sessions."""
    return _account(FormErrors())


@blp.post("/account/second-step")
@session_policy(*STAFF, "operator")
def add_second_step() -> Response:
    """Turn the second step on; without a code yet, show the key for the app first."""
    key, code = session.get(PENDING), request.form.get("code", "")
    if not key or not code:
        session[PENDING] = totp.new_secret()
        return _account(FormErrors())
    _nothing, errors = submit(lambda: second_step.add_second_step(deps(), member(), key, code))
    if errors:
        return _account(errors, 422)
    session.pop(PENDING)
    return respond.saved(_("From now on we ask for a code when you sign in."), "/account")


@blp.post("/account/second-step/removal")
@session_policy(*STAFF, "operator")
def remove_second_step() -> Response:
    """Turn the second step off."""
    code = request.form.get("code", "")
    _nothing, errors = submit(lambda: second_step.remove_second_step(deps(), member(), code))
    if errors:
        return _account(errors, 422)
    return respond.saved(_("The password alone is enough now."), "/account")


@blp.post("/account/sessions/<short>/end")
@session_policy(*STAFF, "operator")
def end_session(short: str) -> Response:
    """End one of one's own sessions."""
    sessions.end_session(deps(), member(), short)
    return respond.saved(_("That browser is signed out."), "/account")


@blp.post("/account/sessions/end-others")
@session_policy(*STAFF, "operator")
def end_other_sessions() -> Response:
    """End all of one's own sessions but this one."""
    sessions.end_other_sessions(deps(), member(), _secret())
    return respond.saved(_("Every other browser is signed out."), "/account")


def _account(errors: FormErrors, status: int = 200) -> Response:
    key = session.get(PENDING)
    return respond.page(
        "account/show.html",
        status=status,
        faults=errors,
        sessions=sessions.own_sessions(deps(), member(), _secret()),
        key=key,
        address=totp.address(key, member().email, "Lintel") if key else "",
    )


def _secret() -> str:
    return request.cookies.get(cookie_name(), "")
