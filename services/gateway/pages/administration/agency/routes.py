"""The agency's settings: name, colour, languages, time zone, currency, who its mail comes from."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from flask import Response, request

from services.gateway.accounts.handlers import agencies
from services.gateway.accounts.model.agency import Agency
from services.gateway.accounts.schemas.agency import AgencyPatch
from services.gateway.pages.administration.agency.forms import AgencyForm
from services.gateway.pages.administration.agency.present import colour_samples
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.forms.api_schemas import load_values
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.language import gettext as _
from services.gateway.web.session import member, session_policy
from shared.storage.mongo import transaction

blp = new_blueprint("agency_page", guarded=True)


@blp.get("/agency")
@session_policy("admin")
def show_agency() -> Response:
    """The agency's settings."""
    return _page(AgencyForm.from_agency(_agency()), FormErrors())


@blp.post("/agency")
@session_policy("admin")
def change_agency() -> Response:
    """Save the settings; somebody who was faster is not overwritten."""
    form = AgencyForm.from_request()
    _agency_saved, errors = submit(lambda: _save(form))
    if errors:
        return _page(form, errors)
    return respond.saved(_("Saved."), "/agency")


@blp.get("/agency/colour")
@session_policy("admin")
def show_colour() -> Response:
    """How a colour looks in both themes, before it is saved."""
    form = AgencyForm.from_agency(_agency())
    return _page(replace(form, colour=request.args.get("colour", "")), FormErrors())


def _agency() -> Agency:
    agency: Agency = deps().agencies.of(member().agency_id).get(member().agency_id)
    return agency


def _save(form: AgencyForm) -> Agency:
    facts = load_values(AgencyPatch(), form.body)
    agency_id = member().agency_id
    return transaction(
        deps().agencies.db.client, lambda: agencies.change_agency(deps(), agency_id, facts, form.version)
    )


def _page(form: AgencyForm, errors: FormErrors) -> Response:
    return respond.page(
        "administration/agency/show.html",
        "colour",
        status=422 if errors else 200,
        typed=form,
        faults=errors,
        samples=colour_samples(form.colour),
        zones=sorted(available_timezones()),
        currencies=sorted(list_currencies()),
    )
