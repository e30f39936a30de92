"""The list of contacts."""

from __future__ import annotations

from flask import Response, request

from services.gateway.pages.contacts import present, read
from services.gateway.pages.contacts.filter import ContactFilter
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.members import names_of_members
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("contacts", guarded=True)


@blp.get("/contacts")
@session_policy(*STAFF)
def show_list() -> Response:
    """The list, searched as one types; one's own contacts or all."""
    chosen = ContactFilter.from_args(request.args)
    table = present.contact_table(read.contacts(chosen), chosen, names_of_members())
    return respond.page("contacts/index.html", "list", filter=chosen, table=table)
