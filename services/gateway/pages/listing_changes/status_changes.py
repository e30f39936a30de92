"""Another status for a listing: the dialog with the statuses that may follow, and the change."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.listing.path import listing_path
from services.gateway.pages.listing_changes import present, read
from services.gateway.pages.listing_changes.forms import StatusForm
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.forms.page_form import submit
from services.gateway.web.language import gettext as _
from services.gateway.web.session import session_policy
from services.gateway.web.vocabulary import status_name
from shared.http.claims import STAFF

blp = new_blueprint("status_changes", guarded=True)


@blp.get("/listings/<listing_id>/status-changes/new")
@session_policy(*STAFF)
def new(listing_id: str) -> Response:
    """The dialog."""
    return _dialog(listing_id, StatusForm())


@blp.post("/listings/<listing_id>/status-changes")
@session_policy(*STAFF)
def create(listing_id: str) -> Response:
    """Move the listing to another status."""
    form = StatusForm.from_form(request.form)
    changed, errors = submit(
        lambda: clients().properties.change_status(
            listing_id, form.standard_status, reason=form.reason, idempotency_key=request.form.get("once", "")
        )
    )
    if changed is None:
        return _dialog(listing_id, form.refused(errors), 422)
    status = status_name(changed["standard_status"])
    return respond.saved(_("The status is now: %(status)s.") % {"status": status}, listing_path(listing_id))


def _dialog(listing_id: str, form: StatusForm, status: int = 200) -> Response:
    home = read.listing(listing_id)
    options = present.status_options(home)
    return respond.dialog("listing_changes/status.html", status=status, home=home, form=form, options=options)
