"""The wishes of a person, written down and changed by a member."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, request

from services.gateway.components.wish_editor import actions
from services.gateway.components.wish_editor.editor import Saved, WishEditor
from services.gateway.pages.wishes import present
from services.gateway.upstream.matching import SavedSearch
from services.gateway.web import respond
from services.gateway.web.agency import own_agency
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.language import gettext as _
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("wishes", guarded=True)


@blp.get("/contacts/<contact_id>/wishes/new")
@session_policy(*STAFF)
def new_wishes(contact_id: str) -> Response:
    """Show the editor with nothing stated."""
    return _new_editor(contact_id).show_blank()


@blp.post("/contacts/<contact_id>/wishes/new")
@session_policy(*STAFF)
def create_wishes(contact_id: str) -> Response:
    """Save new wishes, or change the form by its button."""
    editor = _new_editor(contact_id)
    return editor.create(_saved(editor))


@blp.get("/wishes/<saved_search_id>")
@session_policy(*STAFF)
def show_wishes(saved_search_id: str) -> Response:
    """Show the editor with saved wishes."""
    search, editor = _editor_of(saved_search_id)
    return editor.show(search)


@blp.post("/wishes/<saved_search_id>")
@session_policy(*STAFF)
def change_wishes(saved_search_id: str) -> Response:
    """Save changed wishes, or change the form by its button."""
    search, editor = _editor_of(saved_search_id)
    return editor.change(search, _saved(editor))


@blp.post("/wishes/preview")
@session_policy(*STAFF)
def preview_wishes() -> Response:
    """Show what the form finds as it is typed; nothing is saved."""
    audience = present.audience(request.form.get("contact_id", ""), "", own_agency())
    return WishEditor(audience, clients()).preview()


@blp.get("/wishes/places")
@session_policy(*STAFF, touch=False)
def suggest_places() -> Response:
    """Suggest places by what is typed of their names."""
    return actions.suggest_places(clients(), "shell.html")


@blp.post("/wishes/<saved_search_id>/status")
@session_policy(*STAFF)
def change_status(saved_search_id: str) -> Response:
    """Pause wishes, or resume them."""
    return actions.change_status(clients(), saved_search_id, _path(saved_search_id))


@blp.get("/wishes/<saved_search_id>/removal")
@session_policy(*STAFF)
def ask_removal(saved_search_id: str) -> Response:
    """Show the dialog before wishes are removed for good."""
    return actions.ask_removal(clients(), saved_search_id, _path(saved_search_id))


@blp.post("/wishes/<saved_search_id>/removal")
@session_policy(*STAFF)
def remove_wishes(saved_search_id: str) -> Response:
    """Remove wishes for good."""
    matching = clients().matching
    search = matching.saved_search(saved_search_id)
    matching.remove_saved_search(saved_search_id)
    return respond.saved(_("Removed."), present.person_path(search["contact_id"]))


@blp.post("/wishes/<saved_search_id>/suggestions")
@session_policy(*STAFF)
def accept_suggestion(saved_search_id: str) -> Response:
    """Change the wishes as the person's refusals suggest."""
    return actions.take_suggestion(clients(), saved_search_id, _path(saved_search_id))


def _new_editor(contact_id: str) -> WishEditor:
    person = clients().leads.contact(contact_id)
    path = f"{present.person_path(contact_id)}/wishes/new"
    return WishEditor(present.audience(contact_id, path, own_agency(), person), clients())


def _editor_of(saved_search_id: str) -> tuple[SavedSearch, WishEditor]:
    search = clients().matching.saved_search(saved_search_id)
    person = clients().leads.contact(search["contact_id"])
    audience = present.audience(person["id"], _path(saved_search_id), own_agency(), person)
    return search, WishEditor(audience, clients())


def _saved(editor: WishEditor) -> Saved:
    def answer(search: SavedSearch, fitting: int | None) -> Response:
        text = present.saved_text(search["alerts"], fitting, editor.audience.person_name)
        return respond.saved(text, _path(search["id"]))

    return answer


def _path(saved_search_id: str) -> str:
    return f"/wishes/{quote(saved_search_id, safe='')}"
