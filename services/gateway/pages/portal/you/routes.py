"""What prospects decide about themselves: alerts, language, what they agreed to, being forgotten."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from flask import Response, make_response, redirect, request, session

from services.gateway.accounts.credentials import fingerprint
from services.gateway.accounts.handlers import sign_in_links
from services.gateway.components.prospect_homes import mine
from services.gateway.pages.portal.you import agreed
from services.gateway.web import words
from services.gateway.web.answers import items
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.look import keep_look
from services.gateway.web.sessions import cookie_name, drop_cookie, prospect, session_policy
from services.gateway.web.view import Asking, asking, done, show
from services.gateway.web.words import gettext as _
from shared.errors import Invalid
from shared.messaging.event import now

blp = new_blueprint("me_you", guarded=True)
ALERTS = ("instant", "daily", "weekly", "off")
MOST = 200


@blp.get("/me/you")
@session_policy("prospect")
def show_you() -> Response:
    """Show what one has decided, each with the means to decide otherwise."""
    ask, me = asking(), prospect().contact_id
    told = ask.together(
        person=lambda: ask.get("leads", "contacts", me, "self"),
        wishes=partial(mine.wishes_of, ask),
        now_=lambda: ask.get("leads", "contacts", me, "consents", "current")["items"],
        history=lambda: items(ask.get("leads", "contacts", me, "consents", limit=50)),
    )
    return show("portal/you/show.html", wordings=agreed.wordings(), offered=agreed.OFFERED, **told)


@blp.post("/me/you/alerts")
@session_policy("prospect")
def choose_alerts() -> Any:
    """Say how often one wants to hear of new homes for these wishes."""
    wish_id, alerts = request.form.get("wish", ""), request.form.get("alerts", "")
    if alerts not in ALERTS:
        raise Invalid("There is no such choice.", {"alerts": [_("Choose one of the four.")]})
    ask = asking()
    version = ask.get("matching", "saved-searches", wish_id)["version"]
    ask.patch("matching", "saved-searches", wish_id, body={"alerts": alerts}, version=version)
    return done(_("Kept."), "/me/you#alerts")


@blp.post("/me/you/language")
@session_policy("prospect")
def choose_language() -> Any:
    """Read pages and mails in another language."""
    language = request.form.get("language", "")
    if language not in words.NAMES:
        raise Invalid("There is no such language.", {"language": [_("Choose one of these.")]})
    ask, me = asking(), prospect().contact_id
    version = ask.get("leads", "contacts", me, "self")["version"]
    ask.patch("leads", "contacts", me, "self", body={"language": language}, version=version)
    deps().sessions.prefer(fingerprint(request.cookies.get(cookie_name(), "")), language=language)
    words.read_in(language)
    answer: Any = done(_("Pages and mails are in this language now."), "/me/you#look")
    keep_look(answer, language, None)
    return answer


@blp.post("/me/you/consents")
@session_policy("prospect")
def change_consent() -> Any:
    """Agree to something, or take it back; either takes effect at once."""
    pair, state = (request.form.get("purpose", ""), request.form.get("channel", "")), request.form.get("state", "")
    if state == "granted" and pair not in agreed.OFFERED:
        raise Invalid("This is not offered.", {"purpose": [_("Choose one of these.")]})
    version = agreed.version_of(*pair)
    body = {"purpose": pair[0], "channel": pair[1], "state": state, "source": agreed.SOURCE, "wording_version": version}
    asking().post("leads", "contacts", prospect().contact_id, "consents", body=body)
    text = _("Agreed, from now on.") if state == "granted" else _("Taken back, from now on.")
    return done(text, "/me/you#agreed")


@blp.get("/me/you/data.json")
@session_policy("prospect")
def export() -> Response:
    """Hand out what is kept about somebody, to that person."""
    ask, me = asking(), prospect().contact_id
    told = {
        "exported_at": now().isoformat(),
        "person": ask.get("leads", "contacts", me, "self"),
        "consents": _every(ask, "leads", "contacts", me, "consents"),
        "wishes": _every(ask, "matching", "saved-searches"),
        "answers": _every(ask, "matching", "contacts", me, "listings"),
    }
    answer = make_response(json.dumps(told, ensure_ascii=False, indent=2))
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@blp.get("/me/you/erasure")
@session_policy("prospect")
def show_erasure() -> Response:
    """Say what will be gone, and ask once more."""
    return show("portal/you/erasure.html", fault="")


@blp.post("/me/you/erasure")
@session_policy("prospect")
def erase() -> Any:
    """Have oneself forgotten: everywhere, for good; every session ends."""
    if request.form.get("sure") != "yes":
        return show("portal/you/erasure.html", status=422, fault=_("Tick the box if you are sure."))
    who = prospect()
    asking().post("leads", "contacts", who.contact_id, "erasure", body={"ground": "requested"})
    sign_in_links.close_all_sessions(deps(), who)
    session.clear()
    answer = redirect("/me/farewell", 303)
    drop_cookie(answer)
    return answer


def _every(ask: Asking, service: str, *path: str) -> list[Any]:
    found, cursor = [], None
    while True:
        page = ask.get(service, *path, limit=MOST, cursor=cursor)
        found += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return found
