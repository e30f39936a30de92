"""Consents: a member enters that a person consented or withdrew."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.people.path import contact_path
from services.gateway.pages.contact_entries import present
from services.gateway.pages.contact_entries.forms import ConsentForm
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.language import gettext as _
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("consents", guarded=True)


@blp.get("/contacts/<contact_id>/consents")
@session_policy(*STAFF)
def new_consent(contact_id: str) -> Response:
    """The dialog for one answer on one purpose and channel."""
    return _dialog(contact_id, ConsentForm(), FormErrors())


@blp.post("/contacts/<contact_id>/consents")
@session_policy(*STAFF)
def create_consent(contact_id: str) -> Response:
    """Record the answer; earlier ones stay."""
    form = ConsentForm.from_form(request.form)
    errors = form.errors()
    if not errors:
        leads = clients().leads
        _kept, refused = submit(
            lambda: leads.record_consent(contact_id, form.body(), idempotency_key=form.idempotency_key)
        )
        errors = form.by_field(refused)
    if errors:
        return _dialog(contact_id, form, errors)
    return respond.saved(_("Consent saved."), contact_path(contact_id))


def _dialog(contact_id: str, form: ConsentForm, errors: FormErrors) -> Response:
    contact = clients().leads.contact(contact_id)
    shown = {"contact": contact, "form": form, "errors": errors, "choices": present.consent_choices()}
    return respond.dialog("contact_entries/consent.html", status=422 if errors else 200, **shown)
