"""A prospect's answer to a home: favourite, maybe, or no thanks with a reason."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, make_response, redirect, render_template, request

from services.gateway.components.prospect_homes.opinions import listing
from services.gateway.pages.portal.homes import read
from services.gateway.pages.portal.homes.refusal import ANSWERS, REASONS, TAKE_BACK, AnswerBar, RefusalSheet
from services.gateway.upstream.matching import NewOpinion
from services.gateway.web import respond
from services.gateway.web.blueprint import is_partial, new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.language import gettext as _
from services.gateway.web.session import local_path, prospect, session_policy
from shared.codes import NOT_A_CHOICE
from shared.errors import Invalid

blp = new_blueprint("me_answers", guarded=True)


@blp.post("/me/homes/<listing_id>/answer")
@session_policy("prospect")
def record_answer(listing_id: str) -> Response:
    """Record an answer, or take it back; a no is recorded first, then the reason is asked for."""
    answer, wish_id = request.form.get("preference", ""), request.form.get("wish", "")
    if answer not in (*ANSWERS, TAKE_BACK):
        raise Invalid("This is not a valid answer.", {"preference": [NOT_A_CHOICE(choices=[*ANSWERS, TAKE_BACK])]})
    preference = None if answer == TAKE_BACK else answer
    _record(listing_id, preference)
    if is_partial():
        bar = AnswerBar(listing_id, preference, wish_id, request.form.get("back", ""))
        sheet = _sheet(listing_id, wish_id) if preference == "discard" else None
        return make_response(render_template("portal/homes/answer.html", bar=bar, sheet=sheet))
    if preference == "discard":
        return make_response(redirect(f"{_path(listing_id)}/refusal?wish={quote(wish_id, safe='')}", 303))
    following = request.form.get("next", "")
    text = _("Saved.") if preference else _("Your answer has been withdrawn.")
    return respond.saved(text, local_path(following) if following else _path(listing_id))


@blp.get("/me/homes/<listing_id>/refusal")
@session_policy("prospect")
def ask_reason(listing_id: str) -> Response:
    """Ask for the reason of a no."""
    return respond.dialog("portal/homes/refusal.html", sheet=_sheet(listing_id, request.args.get("wish", "")))


@blp.post("/me/homes/<listing_id>/reason")
@session_policy("prospect")
def record_reason(listing_id: str) -> Response:
    """Record the reason of a no; where refusals show a pattern, a change of the wishes is suggested."""
    reason = request.form.get("reason", "")
    if reason not in REASONS:
        raise Invalid("This is not a valid reason.", {"reason": [NOT_A_CHOICE(choices=[*REASONS])]})
    _record(listing_id, "discard", reason)
    sheet = _sheet(listing_id, request.form.get("wish", ""), reason)
    if is_partial():
        return respond.page("portal/homes/refusal.html", "reasons", sheet=sheet)
    return respond.dialog("portal/homes/refusal.html", sheet=sheet)


def _record(listing_id: str, preference: str | None, reason: str | None = None) -> None:
    opinion: NewOpinion = {"preference": preference, "reason": reason, "viewed": True}
    clients().matching.record_opinion(prospect().contact_id, listing_id, opinion)


def _sheet(listing_id: str, wish_id: str, reason: str = "") -> RefusalSheet:
    """The sheet that asks for the reason; once it is given, with a suggestion where there is one."""
    suggestion = read.suggestion(clients(), wish_id) if reason else None
    return RefusalSheet(listing_id, listing(prospect(), listing_id), wish_id, reason, suggestion)


def _path(listing_id: str) -> str:
    return f"/me/homes/{quote(listing_id, safe='')}"
