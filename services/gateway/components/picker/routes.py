"""Options for fields while a person types: people, their saved searches, homes; best first."""

from __future__ import annotations

from functools import partial

from flask import Response, request

from services.gateway.components.picker.present import PickerOption, home_option, person_option, wishes_option
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("picker", guarded=True)
MOST, WISHES_EACH, LONGEST_QUERY = 8, 5, 100


@blp.get("/find/people")
@session_policy(*STAFF)
def find_people() -> Response:
    """People by name, telephone or e-mail."""
    return _options("person", [person_option(contact) for contact in _people()])


@blp.get("/find/wishes")
@session_policy(*STAFF)
def find_wishes() -> Response:
    """The saved searches of the matching people, an option for each."""
    matching, people = clients().matching, _people()
    pages = clients().each_in_parallel(
        {
            contact["id"]: partial(matching.saved_searches, contact_id=contact["id"], limit=WISHES_EACH)
            for contact in people
        }
    )
    known = [(contact, pages[contact["id"]]) for contact in people]
    options = [
        wishes_option(contact, search)
        for contact, page in known
        if not isinstance(page, Unavailable)
        for search in page["items"]
    ]
    return _options("wish", options[: 2 * MOST])


@blp.get("/find/homes")
@session_policy(*STAFF)
def find_homes() -> Response:
    """Homes by reference, street, city or postal code."""
    page = clients().properties.listings({"q": _query()}, limit=MOST)
    return _options("home", [home_option(listing) for listing in page["items"]])


def _people() -> list[Contact]:
    return clients().leads.contacts(q=_query(), limit=MOST)["items"]


def _query() -> str:
    """What was typed, whatever the field is called."""
    typed = (value.strip() for name, value in request.args.items() if name.endswith("_typed"))
    return next(typed, "")[:LONGEST_QUERY]


def _options(group: str, options: list[PickerOption]) -> Response:
    return respond.page("picker/options.html", "options", options=options, group=group)
