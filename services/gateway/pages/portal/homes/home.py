"""One home as the prospect sees it: in full, why it fits, what they say of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, make_response, redirect, render_template, request

from services.gateway.components.prospect_homes import mine
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row
from services.gateway.web.blueprint import allow, is_partial, new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.sessions import local_path, prospect, session_policy
from services.gateway.web.view import Asking, asking, dialog, done, show
from services.gateway.web.words import gettext as _
from shared.errors import Invalid, NotFound, Unavailable

blp = new_blueprint("me_home", guarded=True)
ANSWERS = ("favorite", "possibility", "discard")
REASONS = ("location", "too_expensive", "too_small", "too_dark", "condition", "layout", "noise", "other")
MOST_EXPLAINED = 5


@blp.get("/me/homes/<listing_id>")
@session_policy("prospect")
def show_home(listing_id: str) -> Response:
    """Show a home in full; from now on it is no longer new."""
    ask = asking()
    home = ask.get("properties", "listings", listing_id, "public")
    said = _seen(ask, listing_id)
    wishes = mine.wishes_of(ask)
    wished = [] if isinstance(wishes, Away) else wishes[:MOST_EXPLAINED]
    told = ask.together(
        similar=lambda: ask.get("matching", "listings", listing_id, "similar", limit=4),
        **{wish["id"]: partial(_explain, ask, wish["id"], listing_id) for wish in wished},
    )
    similar = told.pop("similar")
    fits = [verdict for verdict in told.values() if not isinstance(verdict, Away)]
    best = max(fits, key=lambda verdict: (verdict["kind"] != "none", verdict["score"]), default=None)
    about = {"home": home, "said": said, "best": best, "similar": [] if isinstance(similar, Away) else similar["items"]}
    remarks = home.get("public_remarks") or {}
    return allow(show("portal/homes/show.html", remarks=remarks, **about, **mine.price_words(home)))


@blp.post("/me/homes/<listing_id>/answer")
@session_policy("prospect")
def answer(listing_id: str) -> Any:
    """Take an answer at once; the same again takes it back. A no asks what was wrong, when it is said already."""
    said = request.form.get("preference", "")
    if said not in (*ANSWERS, "none"):
        raise Invalid("This is no answer.", {"preference": [_("Choose one of the three.")]})
    ask = asking()
    mine.say(ask, listing_id, None if said == "none" else said)
    bar = {"id": listing_id, "preference": None if said == "none" else said, "back": request.form.get("back", "")}
    wish_id = request.form.get("wish", "")
    if is_partial():
        sheet = _sheet(listing_id, wish_id) if said == "discard" else {"wish_id": wish_id}
        return make_response(render_template("portal/homes/_answered.html", bar=bar, **sheet))
    if said == "discard":
        return redirect(f"/me/homes/{listing_id}/no-thanks?wish={wish_id}", 303)
    return done(_("Kept.") if said != "none" else _("Taken back."), _next(listing_id))


@blp.get("/me/homes/<listing_id>/no-thanks")
@session_policy("prospect")
def ask_reason(listing_id: str) -> Response:
    """Ask what was wrong with a home that one said no to."""
    return dialog("portal/homes/_no_thanks.html", **_sheet(listing_id, request.args.get("wish", "")))


@blp.post("/me/homes/<listing_id>/reason")
@session_policy("prospect")
def give_reason(listing_id: str) -> Any:
    """Keep the reason of a no; where it comes again and again, a change of the wishes is suggested."""
    reason, wish_id = request.form.get("reason", ""), request.form.get("wish", "")
    if reason not in REASONS:
        raise Invalid("This is no reason.", {"reason": [_("Choose one of these.")]})
    ask = asking()
    mine.say(ask, listing_id, "discard", reason)
    told = _sheet(listing_id, wish_id) | {"reason": reason, "suggestion": _suggestion(ask, wish_id)}
    return (
        show("portal/homes/_no_thanks.html", "portal/homes/_no_thanks_body.html", **told)
        if is_partial()
        else dialog("portal/homes/_no_thanks.html", **told)
    )


@blp.post("/me/wishes/<wish_id>/suggestion")
@session_policy("prospect")
def take_suggestion(wish_id: str) -> Any:
    """Change the wishes as suggested, if that is still what is suggested."""
    ask = asking()
    suggestion = _suggestion(ask, wish_id)
    if suggestion is None or suggestion["key"] != request.form.get("key"):
        raise NotFound("This suggestion is over.")
    version = ask.get("matching", "saved-searches", wish_id)["version"]
    ask.patch("matching", "saved-searches", wish_id, body=suggestion["patch"], version=version)
    return done(_("Your wishes are changed."), f"/me?wish={wish_id}")


def _explain(ask: Asking, wish_id: str, listing_id: str) -> Any:
    return ask.get("matching", "explain", saved_search_id=wish_id, listing_id=listing_id)


def _seen(ask: Asking, listing_id: str) -> Row:
    """What was said of the home; that it was looked at is kept, as far as that can be."""
    try:
        said = mine.opinion_of(ask, listing_id)
        if not said["viewed"]:
            said = mine.say(ask, listing_id, said["preference"], said.get("reason"))
    except (Unavailable, NotFound):
        return {"preference": None}
    return said


def _sheet(listing_id: str, wish_id: str) -> dict[str, Any]:
    known = deps().listings.of(prospect().agency_id).some([listing_id])
    return {"id": listing_id, "home": known.get(listing_id, {}), "wish_id": wish_id, "reason": "", "suggestion": None}


def _suggestion(ask: Asking, wish_id: str) -> Row | None:
    """The first change that one's refusals suggest; nothing where there is none, or nobody can tell."""
    if not wish_id:
        return None
    found = ask.together(all=lambda: ask.get("matching", "saved-searches", wish_id, "suggestions"))["all"]
    if isinstance(found, Away) or not found["items"]:
        return None
    first: Row = found["items"][0]
    return first | {"key": f"{first['code']}:{sorted((first.get('figures') or {}).items())}"}


def _next(listing_id: str) -> str:
    back = request.form.get("next", "")
    return local_path(back) if back else f"/me/homes/{listing_id}"
