"""Language and theme, chosen on any page by anybody."""

from __future__ import annotations

from flask import make_response, redirect, request
from werkzeug.wrappers import Response

from services.gateway.accounts.credentials import fingerprint
from services.gateway.accounts.handlers import sign_ins
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.model.session import Prospect
from services.gateway.web import language
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.session import cookie_name, local_path
from shared.http.auth import public

blp = new_blueprint("look", guarded=True)


@blp.post("/look")
@public
def choose_look() -> Response:
    """Keep a language or a theme, in the browser and for whoever is signed in."""
    form = {"language": request.form.get("language", ""), "theme": request.form.get("theme", "")}
    known = {"language": language.NAMES, "theme": language.THEMES}
    chosen = {name: value for name, value in form.items() if value in known[name]}
    secret = request.cookies.get(cookie_name(), "")
    who = sign_ins.signed_in(deps(), secret)
    if isinstance(who, Member) and chosen:
        deps().members.prefer(who.id, **chosen)
    if isinstance(who, Prospect) and chosen:
        deps().sessions.prefer(fingerprint(secret), **chosen)
    language.choose_look(chosen.get("language"), chosen.get("theme"))
    answer = make_response(redirect(local_path(request.form.get("next", "/")), 303))
    keep_look(answer, chosen.get("language"), chosen.get("theme"))
    return answer


def keep_look(answer: Response, wanted: str | None, shade: str | None) -> None:
    """Let the browser keep language and theme, for the pages before anybody signs in."""
    value = language.look_cookie(wanted, shade)
    answer.set_cookie(language.LOOK, value, 365 * 86400, path="/", samesite="Lax", httponly=True)
