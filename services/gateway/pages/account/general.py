"""What belongs to no page: language and theme, an agency's colour, the search over everything, the account."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, request, session

from services.gateway.accounts import handlers, second_step
from services.gateway.accounts.credentials import fingerprint
from services.gateway.accounts.deps import deps
from services.gateway.accounts.model import Member, Prospect
from services.gateway.pages.administration.sign_ins import routes as sign_ins
from services.gateway.pages.search import found
from services.gateway.web import brand, words
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import cookie_name, local_path, member, session_policy
from services.gateway.web.view import asking, done, show, trying
from services.gateway.web.words import gettext as _
from shared.errors import NotFound
from shared.http.auth import public
from shared.http.claims import STAFF

blp = new_blueprint("general", guarded=True)
PENDING = "second-step"
YEAR = "public, max-age=31536000, immutable"


@blp.post("/look")
@public
def choose_look() -> Any:
    """Keep a language or a theme, in the browser and on whoever is signed in."""
    chosen = {"language": request.form.get("language", ""), "theme": request.form.get("theme", "")}
    known = {"language": words.NAMES, "theme": words.THEMES}
    chosen = {name: value for name, value in chosen.items() if value in known[name]}
    secret = request.cookies.get(cookie_name(), "")
    who = handlers.signed_in(deps(), secret)
    if isinstance(who, Member) and chosen:
        deps().members.prefer(who.id, **chosen)
    if isinstance(who, Prospect) and chosen:
        deps().sessions.prefer(fingerprint(secret), **chosen)
    words.look(chosen.get("language"), chosen.get("theme"))
    answer = redirect(local_path(request.form.get("next", "/")), 303)
    answer.set_cookie(words.LOOK, words.look_cookie(chosen.get("language"), chosen.get("theme")), **words.LOOK_OPTIONS)
    return answer


@blp.get("/brand/<agency_id>-<stamp>.css")
@public
def show_brand(agency_id: str, stamp: str) -> Response:
    """An agency's colour as tokens; another colour has another address."""
    colour = deps().agencies.of(agency_id).get(agency_id).colour
    if not colour or brand.stamp(colour) != stamp:
        raise NotFound("There is no such stylesheet.")
    answer = make_response(brand.stylesheet(colour))
    answer.mimetype = "text/css"
    answer.headers["Cache-Control"] = YEAR
    return answer


@blp.get("/search")
@session_policy(*STAFF)
def search() -> Response:
    """Find people, homes, wishes and pages by a piece of what they are called."""
    wanted = request.args.get("q", "").strip()[:100]
    return show(
        "search/index.html", "search/_results.html", q=wanted, **found.everywhere(asking(), member().role, wanted)
    )


@blp.get("/account")
@session_policy(*STAFF, "operator")
def show_account() -> Response:
    """One's own account: the second step of signing in."""
    return _account()


@blp.post("/account/second-step")
@session_policy(*STAFF, "operator")
def add_second_step() -> Any:
    """Ask for codes from now on, or show the key that the app needs first."""
    key, code = session.get(PENDING), request.form.get("code", "")
    if not key or not code:
        session[PENDING] = second_step.new_secret()
        return _account()
    _none, faults = trying(lambda: handlers.add_second_step(deps(), member(), key, code))
    if faults:
        return _account(422, faults=faults)
    session.pop(PENDING)
    return done(_("From now on we ask for a code when you sign in."), "/account")


@blp.post("/account/second-step/removal")
@session_policy(*STAFF, "operator")
def drop_second_step() -> Any:
    """Ask for no more codes."""
    code = request.form.get("code", "")
    _none, faults = trying(lambda: handlers.drop_second_step(deps(), member(), code))
    if faults:
        return _account(422, faults=faults)
    return done(_("The password alone is enough now."), "/account")


def _account(status: int = 200, **told: Any) -> Response:
    who, key = member(), session.get(PENDING)
    address = second_step.address(key, who.email, "Lintel") if key else ""
    return show(
        "account/show.html",
        status=status,
        sessions=sign_ins.mine(),
        key=key,
        address=address,
        **({"faults": {}} | told),
    )
