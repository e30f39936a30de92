"""A prospect's own data: a copy of everything, and its erasure."""

from __future__ import annotations

import json

from flask import Response, make_response, redirect, request, session

from services.gateway.accounts.handlers import sign_in_links
from services.gateway.pages.portal.you import read
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from services.gateway.web.session import drop_cookie, prospect, session_policy
from shared.messaging.event import now

blp = new_blueprint("me_data", guarded=True)


@blp.get("/me/you/data.json")
@session_policy("prospect")
def download() -> Response:
    """Hand the prospect everything that is kept about them."""
    kept = read.everything_kept(clients(), prospect().contact_id)
    copy = {
        "exported_at": now().isoformat(),
        "person": kept.contact,
        "consents": kept.consents,
        "wishes": kept.wishes,
        "answers": kept.opinions,
    }
    answer = make_response(json.dumps(copy, ensure_ascii=False, indent=2))
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@blp.get("/me/you/erasure")
@session_policy("prospect")
def ask_erasure() -> Response:
    """Say what will be erased, and ask once more."""
    return respond.page("portal/you/erasure.html", error="")


@blp.post("/me/you/erasure")
@session_policy("prospect")
def erase() -> Response:
    """Erase the prospect's data everywhere, for good; every session ends."""
    if request.form.get("sure") != "yes":
        return respond.page("portal/you/erasure.html", status=422, error=_("Tick the box if you are sure."))
    who = prospect()
    clients().leads.erase_contact(who.contact_id)
    sign_in_links.close_all_sessions(deps(), who)
    session.clear()
    answer = make_response(redirect("/me/farewell", 303))
    drop_cookie(answer)
    return answer
