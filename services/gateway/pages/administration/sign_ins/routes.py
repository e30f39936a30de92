"""Who signed in, when, how and from where."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, request

from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.session import member, session_policy
from services.gateway.web.view import show

blp = new_blueprint("sign_ins", guarded=True)
ROWS = 50


@blp.get("/sign-ins")
@session_policy("admin")
def show_sign_ins() -> Response:
    """Every attempt of the last 90 days, the last first."""
    asked = {name: request.args.get(name, "") for name in ("who", "only", "cursor")}
    store = deps().sign_ins.of(member().agency_id)
    page = store.listed(ROWS, asked["cursor"] or None, asked["who"] or None, asked["only"] == "failed")
    people = deps().members.of(member().agency_id).page_of_all(200, None).items
    more = {**asked, "cursor": page.next_cursor} if page.next_cursor else None
    return show(
        "administration/sign_ins/index.html",
        "administration/sign_ins/_sign_ins.html",
        rows=page.items,
        people=sorted(((each.id, each.display_name) for each in people), key=lambda pair: pair[1].casefold()),
        asked=asked,
        more=f"/sign-ins?{urlencode(more)}" if more else "",
    )
