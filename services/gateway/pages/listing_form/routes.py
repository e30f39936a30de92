"""The details of a listing: the form that adds one, and the form that corrects one."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.listing.path import listing_path
from services.gateway.pages.listing_form import read
from services.gateway.pages.listing_form.forms import ListingForm
from services.gateway.upstream.properties import Listing
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.language import gettext as _
from services.gateway.web.session import session_policy
from services.gateway.web.vocabulary import label
from shared.http.claims import STAFF
from shared.vocabulary.listings import PRICE_PROBLEMS

blp = new_blueprint("listing_form", guarded=True)
PAGE = "listing_form/form.html"


@blp.get("/listings/new")
@session_policy(*STAFF)
def new() -> Response:
    """The form of a new listing."""
    return _form(None, ListingForm.blank())


@blp.post("/listings/new")
@session_policy(*STAFF)
def create() -> Response:
    """Add the listing; errors are shown beside what was typed."""
    form = _with_price_checked(ListingForm.from_form(request.form, is_new=True))
    if form.errors:
        return _form(None, form, 422)
    key = request.form.get("once", "")
    created, errors = submit(lambda: clients().properties.create_listing(form.body, idempotency_key=key))
    if created is None:
        return _form(None, form.refused(errors), 422)
    text = _("Added. People whose wishes it meets appear in a moment.")
    return respond.saved(text, listing_path(created["id"]))


@blp.post("/listings/new/audience")
@session_policy(*STAFF)
def show_audience() -> Response:
    """How many people the listing would fit as it is typed now, and how many of them would get a mail at once."""
    form = ListingForm.from_form(request.form, is_new=True)
    audience = None if form.errors else read.audience(form.body)
    return respond.page(PAGE, "audience", home=None, form=form, owner_names=[], audience=audience)


@blp.get("/listings/<listing_id>/edit")
@session_policy(*STAFF)
def edit(listing_id: str) -> Response:
    """The form with what is known."""
    home = read.listing(listing_id)
    return _form(home, ListingForm.from_listing(home))


@blp.post("/listings/<listing_id>/edit")
@session_policy(*STAFF)
def update(listing_id: str) -> Response:
    """Correct the listing at the version that was read; a change by somebody else in between is not overwritten."""
    form = ListingForm.from_form(request.form, is_new=False)
    if form.errors:
        return _form(read.listing(listing_id), form, 422)
    version = request.form.get("version", "0")
    changed, errors = submit(lambda: clients().properties.change_listing(listing_id, form.body, version=version))
    if changed is None:
        return _form(read.listing(listing_id), form.refused(errors), 422)
    return respond.saved(_("Saved."), listing_path(listing_id))


def _form(home: Listing | None, form: ListingForm, status: int = 200) -> Response:
    owners = read.names_of(form.owner_ids)
    return respond.page(PAGE, status=status, home=home, form=form, owner_names=owners, audience=None)


def _with_price_checked(form: ListingForm) -> ListingForm:
    """The form of a new listing with what properties says against its price."""
    if form.errors:
        return form
    problem, errors = submit(lambda: read.price_problem(form.body))
    if problem:
        errors = FormErrors({"list_price": label(PRICE_PROBLEMS, problem)})
    return form.refused(errors) if errors else form
