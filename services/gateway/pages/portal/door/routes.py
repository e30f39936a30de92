"""How prospects sign in and out: by a link in a mail, and a button behind it."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, session

from services.gateway.accounts.handlers import sign_in_links, sign_ins
from services.gateway.accounts.model.session import PROSPECT_ABSOLUTE, Prospect
from services.gateway.web import respond
from services.gateway.web.agency import face_of
from services.gateway.web.blueprint import is_partial, new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from services.gateway.web.language import use_language
from services.gateway.web.session import cookie_name, drop_cookie, set_cookie
from shared.errors import NotFound, TooManyRequests
from shared.http.auth import public

blp = new_blueprint("me_door", guarded=True)
LONGEST_ADDRESS = 254


@blp.get("/me/sign-in")
@public
def show_form() -> Response:
    """Ask where to send the link; whoever is signed in goes on to their homes."""
    if isinstance(sign_ins.signed_in(deps(), _cookie()), Prospect):
        return make_response(redirect("/me", 303))
    return _form()


@blp.post("/me/sign-in")
@public
def request_link() -> Response:
    """Have a link sent if this is somebody's address; the answer is the same for any address."""
    email = request.form.get("email", "").strip()
    if "@" not in email or len(email) > LONGEST_ADDRESS:
        return _form(_("This is not an e-mail address yet."), status=422)
    try:
        sign_in_links.request_link(deps(), email, request.remote_addr or "")
    except TooManyRequests as error:
        text = _("Too many links were requested. Wait a quarter of an hour, then try again.")
        return _form(text, status=error.status)
    return _form(is_sent=True)


@blp.get("/me/sign-in/<token>")
@public
def show_link(token: str) -> Response:
    """Ask before the link is used up: mail scanners open links, people press buttons."""
    who = sign_in_links.usable_link(deps(), token).prospect
    use_language(who.language)
    return make_response(render_template("portal/door/link.html", **face_of(who.agency_id)))


@blp.post("/me/sign-in/<token>")
@public
def use_link(token: str) -> Response:
    """Open a session for this browser, in place of the one it held before."""
    before, secret = _cookie(), sign_in_links.open_session(deps(), token)
    sign_ins.sign_out(deps(), before)
    session.clear()
    answer = make_response(redirect("/me", 303))
    set_cookie(answer, secret, PROSPECT_ABSOLUTE)
    return answer


@blp.post("/me/sign-out")
@public
def sign_out() -> Response:
    """End the session here and in the browser."""
    sign_ins.sign_out(deps(), _cookie())
    session.clear()
    answer = make_response(redirect("/me/sign-in", 303))
    drop_cookie(answer)
    return answer


@blp.get("/me/farewell")
@public
def show_farewell() -> Response:
    """Say that the person's data are erased."""
    return respond.page("portal/door/farewell.html")


@blp.errorhandler(NotFound)
def _link_over(error: NotFound) -> Response:
    return _form(_("This link has expired or was used already. Request another one."), status=error.status)


def _form(error: str = "", *, is_sent: bool = False, status: int = 200) -> Response:
    """The page that asks for the address; over an open page, the dialog."""
    email = request.form.get("email", "")[:LONGEST_ADDRESS]
    template = "portal/door/dialog.html" if is_partial() else "portal/door/show.html"
    return make_response(render_template(template, email=email, error=error, is_sent=is_sent), status)


def _cookie() -> str:
    return request.cookies.get(cookie_name(), "")
