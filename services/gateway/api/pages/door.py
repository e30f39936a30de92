"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, session

from services.gateway import handlers
from services.gateway.api.pages.sessions import cookie_name, drop_cookie, local_path, set_cookie
from services.gateway.api.pages.shell import new_blueprint
from services.gateway.api.pages.words import gettext as _
from shared.auth import public
from shared.errors import TooManyRequests, Unauthorized
from shared.web import deps

blp = new_blueprint("door", guarded=True)


@blp.get("/sign-in")
@public
def show_sign_in() -> Any:
    """Show the form, or go on where somebody is signed in already."""
    wanted = local_path(request.args.get("next", "/"))
    if handlers.signed_in(deps(), request.cookies.get(cookie_name(), "")):
        return redirect(wanted, 303)
    return render_template("sign_in.html", next=wanted)


@blp.post("/sign-in")
@public
def sign_in() -> Any:
    """Open a session of its own for this browser, whatever it held before."""
    deps_, before = deps(), request.cookies.get(cookie_name(), "")
    email, password = request.form.get("email", "")[:254], request.form.get("password", "")[:200]
    secret = handlers.sign_in(deps_, email, password, request.remote_addr or "")
    handlers.sign_out(deps_, before)
    session.clear()
    answer = redirect(local_path(request.form.get("next", "/")), 303)
    set_cookie(answer, secret)
    return answer


@blp.post("/sign-out")
@public
def sign_out() -> Any:
    """End the session here and in the browser."""
    handlers.sign_out(deps(), request.cookies.get(cookie_name(), ""))
    session.clear()
    answer = redirect("/sign-in", 303)
    drop_cookie(answer)
    return answer


@blp.errorhandler(Unauthorized)
def _wrong(error: Unauthorized) -> Any:
    return _again(_("The address or the password is not right.")), error.status


@blp.errorhandler(TooManyRequests)
def _slow_down(error: TooManyRequests) -> Any:
    return _again(_("Too many attempts failed. Wait a quarter of an hour, then try again.")), error.status


def _again(sentence: str) -> str:
    email, wanted = request.form.get("email", "")[:254], local_path(request.form.get("next", "/"))
    return render_template("sign_in.html", next=wanted, email=email, sentence=sentence)
