"""Who came in, when, how and from where; and one's own sessions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from services.gateway.accounts import entering
from services.gateway.accounts.deps import deps
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import cookie_name, member, session_policy
from services.gateway.web.view import done, show
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF

blp = new_blueprint("sign_ins", guarded=True)
ROWS = 50


@blp.get("/sign-ins")
@session_policy("admin")
def show_sign_ins() -> Response:
    """Every attempt of the last 90 days, the last first."""
    asked = {name: request.args.get(name, "") for name in ("who", "only", "cursor")}
    store = deps().sign_ins.of(member().agency_id)
    page = store.listed(ROWS, asked["cursor"] or None, asked["who"] or None, asked["only"] == "failed")
    people = deps().members.of(member().agency_id).listed(200, None).items
    more = {**asked, "cursor": page.next_cursor} if page.next_cursor else None
    return show(
        "administration/sign_ins/index.html",
        "administration/sign_ins/_sign_ins.html",
        rows=page.items,
        people=sorted(((each.id, each.display_name) for each in people), key=lambda pair: pair[1].casefold()),
        asked=asked,
        more=f"/sign-ins?{urlencode(more)}" if more else "",
    )


@blp.post("/account/sessions/<short>/end")
@session_policy(*STAFF, "operator")
def end_session(short: str) -> Any:
    """End one of one's own sessions."""
    entering.end_session(deps(), member(), short)
    return done(_("That browser is signed out."), "/account")


@blp.post("/account/sessions/end-others")
@session_policy(*STAFF, "operator")
def end_others() -> Any:
    """End all of one's own sessions but this one."""
    entering.end_other_sessions(deps(), member(), request.cookies.get(cookie_name(), ""))
    return done(_("Every other browser is signed out."), "/account")


def mine() -> list[dict[str, Any]]:
    """Where whoever asks is signed in."""
    return entering.own_sessions(deps(), member(), request.cookies.get(cookie_name(), ""))
