"""Calls: how one ended and what comes next."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, make_response, request

from services.gateway.components.people.path import contact_path
from services.gateway.pages.contact_entries.forms import CallForm
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.deps import deps
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.language import gettext as _
from services.gateway.web.session import member, session_policy
from shared.http.claims import STAFF
from shared.messaging.event import now

blp = new_blueprint("calls", guarded=True)
UNTIL_TOMORROW = timedelta(hours=20)


@blp.get("/contacts/<contact_id>/calls")
@session_policy(*STAFF)
def new_call(contact_id: str) -> Response:
    """The dialog for a call: how it ended, what comes next."""
    return _dialog(contact_id, CallForm(listing_id=request.args.get("listing_id", "")))


@blp.post("/contacts/<contact_id>/calls")
@session_policy(*STAFF)
def create_call(contact_id: str) -> Response:
    """Keep the call; a home that it was about leaves the list of today until tomorrow."""
    form = CallForm.from_form(request.form)
    leads = clients().leads
    kept, errors = submit(
        lambda: leads.add_timeline_entry(contact_id, form.body(), idempotency_key=form.idempotency_key)
    )
    if kept is None:
        return _dialog(contact_id, form, errors)
    if form.listing_id:
        activity = deps().activity.of(member().agency_id)
        activity.set_aside(member().id, f"{form.listing_id}/{contact_id}", now() + UNTIL_TOMORROW)
    return respond.saved(_("Call saved."), contact_path(contact_id), answer=make_response(""))


def _dialog(contact_id: str, form: CallForm, errors: FormErrors | None = None) -> Response:
    contact = clients().leads.contact(contact_id)
    shown = {"contact": contact, "form": form, "errors": errors or FormErrors()}
    return respond.dialog("contact_entries/call.html", status=422 if errors else 200, **shown)
