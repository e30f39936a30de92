"""Signing in and out."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from flask import Response, make_response, request, session
from flask_wtf.csrf import generate_csrf

from services.gateway.accounts.handlers import sign_ins
from services.gateway.accounts.model.member import Member
from services.gateway.web import respond
from services.gateway.web.blueprint import is_partial, new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from services.gateway.web.look.routes import keep_look
from services.gateway.web.respond import see_other
from services.gateway.web.session import cookie_name, drop_cookie, local_path, origin, set_cookie
from shared.errors import NotFound, TooManyRequests, Unauthorized
from shared.http.auth import public

blp = new_blueprint("door", guarded=True)


@blp.get("/sign-in")
@public
def show_sign_in() -> Response:
    """Show the form, or go on where somebody is signed in already."""
    wanted = local_path(request.args.get("next", "/"))
    if isinstance(sign_ins.signed_in(deps(), _cookie()), Member):
        return see_other(wanted)
    return respond.page("sign_in/show.html", next=wanted)


@blp.post("/sign-in")
@public
def sign_in() -> Response:
    """Open a session of its own for this browser, whatever it held before; it may wait for a code."""
    deps_, before = deps(), _cookie()
    email, password = request.form.get("email", "")[:254], request.form.get("password", "")[:200]
    secret = sign_ins.sign_in(deps_, email, password, origin())
    sign_ins.sign_out(deps_, before)
    if sign_ins.waiting_for_code(deps_, secret):
        answer = _ask_for_code()
        set_cookie(answer, secret)
        return answer
    return _let_in(secret)


@blp.get("/sign-in/code")
@public
def show_code() -> Response:
    """Ask for the code, of somebody whose password was right a moment ago."""
    if sign_ins.waiting_for_code(deps(), _cookie()) is None:
        return see_other("/sign-in")
    return _form(step="code")


@blp.post("/sign-in/code")
@public
def confirm_code() -> Response:
    """Take the code and open the session."""
    try:
        secret, _member = sign_ins.confirm_code(deps(), _cookie(), request.form.get("code", ""), origin())
    except Unauthorized as error:
        return _form(error.status, step="code", sentence=_("This is not the code that the app shows now."))
    except NotFound:
        return see_other("/sign-in")
    return _let_in(secret)


@blp.post("/sign-out")
@public
def sign_out() -> Response:
    """End the session here and in the browser."""
    sign_ins.sign_out(deps(), _cookie())
    session.clear()
    answer = see_other("/sign-in")
    drop_cookie(answer)
    return answer


@blp.errorhandler(Unauthorized)
def _wrong(error: Unauthorized) -> Response:
    return _form(error.status, sentence=_("The address or the password is not right."))


@blp.errorhandler(TooManyRequests)
def _slow_down(error: TooManyRequests) -> Response:
    step = "code" if request.path.endswith("/code") else "password"
    sentence = _("Too many attempts failed. Wait a quarter of an hour, then try again.")
    return _form(error.status, sentence=sentence, step=step)


def _let_in(secret: str) -> Response:
    session.clear()
    member = sign_ins.signed_in(deps(), secret)
    if is_partial():
        # the page underneath stays as it is; its forms need the new session's token
        answer = make_response("")
        answer.headers["HX-Trigger"] = json.dumps({"signed-in": {"csrf": generate_csrf()}})
    else:
        answer = see_other(local_path(request.form.get("next", "/")))
    set_cookie(answer, secret)
    if member:
        keep_look(answer, member.language, member.theme)
    return answer


def _ask_for_code() -> Response:
    return _form(step="code") if is_partial() else see_other(_code_path())


def _code_path() -> str:
    return "/sign-in/code?" + urlencode({"next": local_path(request.form.get("next", "/"))})


def _form(status: int = 200, *, step: str = "password", sentence: str = "") -> Response:
    email = request.form.get("email", "")[:254]
    wanted = local_path(request.values.get("next", "/"))
    template = "sign_in/_dialog.html" if is_partial() else "sign_in/show.html"
    return respond.page(template, status=status, next=wanted, email=email, step=step, sentence=sentence)


def _cookie() -> str:
    return request.cookies.get(cookie_name(), "")
