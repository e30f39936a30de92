"""Notes for colleagues."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.people.path import contact_path
from services.gateway.pages.contact_entries.forms import NoteForm
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.language import gettext as _
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("notes", guarded=True)


@blp.post("/contacts/<contact_id>/notes")
@session_policy(*STAFF)
def create_note(contact_id: str) -> Response:
    """Keep a note."""
    form = NoteForm.from_form(request.form)
    clients().leads.add_timeline_entry(contact_id, form.body(), idempotency_key=form.idempotency_key)
    return respond.saved(_("Note saved."), contact_path(contact_id))
