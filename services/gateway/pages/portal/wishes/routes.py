"""The wishes of the prospect who is signed in; the services refuse what is somebody else's."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, request

from services.gateway.components.wish_editor import actions
from services.gateway.components.wish_editor.editor import WishEditor
from services.gateway.pages.portal.wishes import present, read
from services.gateway.upstream.matching import SavedSearch
from services.gateway.web import respond
from services.gateway.web.agency import own_agency
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.language import gettext as _
from services.gateway.web.session import local_path, prospect, session_policy

blp = new_blueprint("me_wishes", guarded=True)


@blp.get("/me/wishes")
@session_policy("prospect")
def list_wishes() -> Response:
    """List the prospect's wishes, each with how many homes fit."""
    wishes = read.wishes(clients(), prospect().contact_id)
    return respond.page("portal/wishes/index.html", wishes=wishes)


@blp.get("/me/wishes/new")
@session_policy("prospect")
def new_wishes() -> Response:
    """Show the editor with nothing stated."""
    return _editor(f"{present.LIST_PATH}/new").show_blank()


@blp.post("/me/wishes/new")
@session_policy("prospect")
def create_wishes() -> Response:
    """Save new wishes, or change the form by its button."""
    return _editor(f"{present.LIST_PATH}/new").create(_saved)


@blp.get("/me/wishes/<saved_search_id>")
@session_policy("prospect")
def show_wishes(saved_search_id: str) -> Response:
    """Show the editor with the prospect's wishes."""
    search = clients().matching.saved_search(saved_search_id)
    return _editor(_path(saved_search_id)).show(search)


@blp.post("/me/wishes/<saved_search_id>")
@session_policy("prospect")
def change_wishes(saved_search_id: str) -> Response:
    """Save changed wishes, or change the form by its button."""
    search = clients().matching.saved_search(saved_search_id)
    return _editor(_path(saved_search_id)).change(search, _saved)


@blp.post("/me/wishes/preview")
@session_policy("prospect")
def preview_wishes() -> Response:
    """Show what the form finds as it is typed; nothing is saved."""
    return _editor("").preview()


@blp.get("/me/wishes/places")
@session_policy("prospect", touch=False)
def suggest_places() -> Response:
    """Suggest places by what is typed of their names."""
    return actions.suggest_places(clients(), "portal.html")


@blp.post("/me/wishes/<saved_search_id>/status")
@session_policy("prospect")
def change_status(saved_search_id: str) -> Response:
    """Pause wishes, or resume them."""
    return actions.change_status(clients(), saved_search_id, _path(saved_search_id))


@blp.get("/me/wishes/<saved_search_id>/removal")
@session_policy("prospect")
def ask_removal(saved_search_id: str) -> Response:
    """Show the dialog before wishes are removed for good."""
    return actions.ask_removal(clients(), saved_search_id, _path(saved_search_id))


@blp.post("/me/wishes/<saved_search_id>/removal")
@session_policy("prospect")
def remove_wishes(saved_search_id: str) -> Response:
    """Remove wishes for good."""
    clients().matching.remove_saved_search(saved_search_id)
    return respond.saved(_("Removed."), present.LIST_PATH)


@blp.post("/me/wishes/<saved_search_id>/suggestions")
@session_policy("prospect")
def accept_suggestion(saved_search_id: str) -> Response:
    """Change the wishes as the prospect's refusals suggest; `next` says where the form stood."""
    following = local_path(request.form.get("next", "")) if request.form.get("next") else _path(saved_search_id)
    return actions.take_suggestion(clients(), saved_search_id, following)


def _editor(path: str) -> WishEditor:
    return WishEditor(present.audience(prospect().contact_id, path, own_agency()), clients())


def _saved(search: SavedSearch, fitting: int | None) -> Response:
    return respond.saved(present.saved_text(search["alerts"], fitting), _path(search["id"]))


def _path(saved_search_id: str) -> str:
    return f"{present.LIST_PATH}/{quote(saved_search_id, safe='')}"
