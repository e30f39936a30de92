"""What people do around the editor: pause, resume and remove wishes, accept a suggestion, look for a place."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.wish_editor.editor import place_names
from services.gateway.components.wish_editor.suggestions import accept_suggestion
from services.gateway.upstream.services import ServiceClients
from services.gateway.web import respond
from services.gateway.web.blueprint import is_partial
from services.gateway.web.language import gettext as _


def change_status(clients: ServiceClients, saved_search_id: str, path: str) -> Response:
    """Pause the wishes or resume them, as the form says; back on the page at `path` a sentence says what follows."""
    search = clients.matching.saved_search(saved_search_id)
    status = "paused" if request.form.get("status") == "paused" else "active"
    clients.matching.change_saved_search(saved_search_id, {"status": status}, version=search["version"])
    if status == "paused":
        return respond.saved(_("Paused. There is no search and no e-mail until the wishes are resumed."), path)
    return respond.saved(_("Active again. Homes that fit appear in a moment."), path)


def take_suggestion(clients: ServiceClients, saved_search_id: str, path: str) -> Response:
    """Change the wishes as was suggested, and go to `path`; NotFound when that is no longer suggested."""
    suggestion = accept_suggestion(clients, saved_search_id, request.form.get("key", ""))
    return respond.saved(_("The wishes have been changed. %(effect)s") % {"effect": suggestion.effect}, path)


def ask_removal(clients: ServiceClients, saved_search_id: str, path: str) -> Response:
    """The dialog before wishes are removed for good."""
    search = clients.matching.saved_search(saved_search_id)
    counts = clients.matching.search_counts(saved_search_id)
    return respond.dialog("wish_editor/removal.html", search=search, counts=counts, path=path)


def suggest_places(clients: ServiceClients, layout: str) -> Response:
    """Options for the field that adds a place; opened by itself, a page in this layout."""
    names = place_names(clients, request.args.get("add_place", ""))
    template = "wish_editor/place_options.html" if is_partial() else "wish_editor/places.html"
    return respond.page(template, names=names, layout=layout)
