"""How prospects sign in and out: a link by mail, a button behind it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, session

from services.gateway.accounts.handlers import sign_in_links, sign_ins
from services.gateway.accounts.model.session import PROSPECT_ABSOLUTE, Prospect
from services.gateway.web import words
from services.gateway.web.blueprint import is_partial, new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.sessions import cookie_name, drop_cookie, set_cookie
from services.gateway.web.shell import face_of
from services.gateway.web.words import gettext as _
from shared.errors import NotFound, TooManyRequests
from shared.http.auth import public

blp = new_blueprint("me_door", guarded=True)
LONGEST = 254


@blp.get("/me/sign-in")
@public
def show_form() -> Any:
    """Ask where to send the link, or go on where somebody is signed in already."""
    if isinstance(sign_ins.signed_in(deps(), _cookie()), Prospect):
        return redirect("/me", 303)
    return _form()


@blp.post("/me/sign-in")
@public
def ask() -> Any:
    """Have a link sent if anybody has this address; the answer is the same for any."""
    email = request.form.get("email", "").strip()
    if "@" not in email or len(email) > LONGEST:
        return _form(fault=_("This is not an e-mail address yet.")), 422
    try:
        sign_in_links.request_link(deps(), email, request.remote_addr or "")
    except TooManyRequests as error:
        return _form(fault=_("Too many links were asked for. Wait a quarter of an hour, then try again.")), error.status
    return _form(sent=True)


@blp.get("/me/sign-in/<token>")
@public
def show_link(token: str) -> Any:
    """Ask before the link is used up: mail scanners open links, people press buttons."""
    who = sign_in_links.usable_link(deps(), token).prospect
    words.read_in(who.language)
    return render_template("portal/door/link.html", **face_of(who.agency_id))


@blp.post("/me/sign-in/<token>")
@public
def use_link(token: str) -> Any:
    """Open a session of its own for this browser, whatever it held before."""
    before, secret = _cookie(), sign_in_links.open_session(deps(), token)
    sign_ins.sign_out(deps(), before)
    session.clear()
    answer = redirect("/me", 303)
    set_cookie(answer, secret, PROSPECT_ABSOLUTE)
    return answer


@blp.post("/me/sign-out")
@public
def sign_out() -> Any:
    """End the session here and in the browser."""
    sign_ins.sign_out(deps(), _cookie())
    session.clear()
    answer = redirect("/me/sign-in", 303)
    drop_cookie(answer)
    return answer


@blp.get("/me/farewell")
@public
def say_farewell() -> Any:
    """Say that somebody was forgotten."""
    return render_template("portal/door/farewell.html")


@blp.errorhandler(NotFound)
def _link_over(error: NotFound) -> Any:
    sentence = _("This link is over, or was used already. Have another one sent.")
    return _form(fault=sentence), error.status


def _form(**told: Any) -> str:
    email = request.form.get("email", "")[:LONGEST]
    template = "portal/door/_dialog.html" if is_partial() else "portal/door/show.html"
    return render_template(template, email=email, **told)


def _cookie() -> str:
    return request.cookies.get(cookie_name(), "")
