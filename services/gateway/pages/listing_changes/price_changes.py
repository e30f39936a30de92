"""Another asking price for a listing: the dialog, what the price would do while it is typed, the change."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.listing.path import listing_path
from services.gateway.pages.listing_changes import present, read
from services.gateway.pages.listing_changes.forms import PriceForm
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.formats import money
from services.gateway.web.forms.page_form import submit
from services.gateway.web.language import gettext as _
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("price_changes", guarded=True)
DIALOG = "listing_changes/price.html"


@blp.get("/listings/<listing_id>/price-changes/new")
@session_policy(*STAFF)
def new(listing_id: str) -> Response:
    """The dialog; a price may be proposed in the address."""
    return _dialog(listing_id, PriceForm.from_form(request.args))


@blp.get("/listings/<listing_id>/price-changes/preview")
@session_policy(*STAFF)
def preview(listing_id: str) -> Response:
    """What a price would do, while it is typed."""
    form, home = PriceForm.from_form(request.args), read.listing(listing_id)
    effect = present.price_effect(form, read.price_preview(listing_id, form.price))
    return respond.dialog("listing_changes/_effect.html", home=home, effect=effect)


@blp.post("/listings/<listing_id>/price-changes")
@session_policy(*STAFF)
def create(listing_id: str) -> Response:
    """Set another price; the old one stays in the history."""
    form = PriceForm.from_form(request.form).complete()
    if form.errors:
        return _dialog(listing_id, form, 422)
    changed, errors = submit(
        lambda: clients().properties.change_price(
            listing_id, form.price, reason=form.reason, idempotency_key=request.form.get("once", "")
        )
    )
    if changed is None:
        return _dialog(listing_id, form.refused(errors), 422)
    price = money(form.price, changed["currency"])
    return respond.saved(
        _("The price is now %(price)s. Alerts go to the people it fits.") % {"price": price}, listing_path(listing_id)
    )


def _dialog(listing_id: str, form: PriceForm, status: int = 200) -> Response:
    home = read.listing(listing_id)
    effect = present.price_effect(form, read.price_preview(listing_id, form.price))
    return respond.dialog(DIALOG, status=status, home=home, form=form, effect=effect)
