"""Who signed in, when, how and from where."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, request

from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.members import names_of_members
from services.gateway.web.session import member, session_policy

blp = new_blueprint("sign_ins", guarded=True)
ROWS = 50
FILTERS = ("who", "only", "cursor")


@blp.get("/sign-ins")
@session_policy("admin")
def show_sign_ins() -> Response:
    """Every attempt of the last 90 days, the latest first."""
    asked = {name: request.args.get(name, "") for name in FILTERS}
    store = deps().sign_ins.of(member().agency_id)
    page = store.page_of_attempts(ROWS, asked["cursor"] or None, asked["who"] or None, asked["only"] == "failed")
    more = {**asked, "cursor": page.next_cursor} if page.next_cursor else None
    return respond.page(
        "administration/sign_ins/index.html",
        "sign_ins",
        rows=page.items,
        people=sorted(names_of_members().items(), key=lambda pair: pair[1].casefold()),
        asked=asked,
        more=f"/sign-ins?{urlencode(more)}" if more else "",
    )
