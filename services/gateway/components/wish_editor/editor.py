"""The flow of the editor: the form is shown, changed by its buttons, previewed and saved; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from flask import Response, jsonify, make_response, request

from services.gateway.components.map import geography, pins
from services.gateway.components.wish_editor.audience import Audience
from services.gateway.components.wish_editor.forms import WishForm
from services.gateway.components.wish_editor.present import NO_WORDS, EditorView
from services.gateway.components.wish_editor.preview import WishPreview, wish_preview
from services.gateway.components.wish_editor.suggestions import WishSuggestion
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.matching import Preview, SavedSearch
from services.gateway.upstream.services import ServiceClients
from services.gateway.web import respond
from services.gateway.web.forms.page_form import FormErrors, errors_of, submit
from services.gateway.web.language import gettext as _
from shared.errors import Conflict, Invalid, PreconditionFailed

MOST_MARKET_PINS = 200
MOST_DISTRICTS = 8
OK, UNPROCESSABLE = 200, 422
# Fields of the service whose errors stand beside the list of features.
FEATURE_FIELDS = ("must_have", "wont_accept", "preferences")
Saved = Callable[[SavedSearch, int | None], Response]


@dataclass(frozen=True)
class WishEditor:
    """The editor for one audience.

    `Saved` answers after saving: with the saved search, and how many homes fit (None where that is not known).
    """

    audience: Audience
    clients: ServiceClients

    def show_blank(self) -> Response:
        """The page with nothing stated."""
        return self._show(WishForm.blank(self.audience.currency))

    def show(self, search: SavedSearch) -> Response:
        """The page with a saved search."""
        return self._show(WishForm.from_search(search, self.audience.currency), search)

    def create(self, saved: Saved) -> Response:
        """Save the form as new wishes, or change it by its button."""
        matching, key = self.clients.matching, request.form.get("once", "")

        def save(form: WishForm) -> SavedSearch:
            contact_id = self.audience.contact_id
            return matching.create_saved_search({**form.body(), "contact_id": contact_id}, idempotency_key=key)

        return self._submit(None, save, saved)

    def change(self, search: SavedSearch, saved: Saved) -> Response:
        """Save the form over the version that was read, or change the form by its button."""

        def save(form: WishForm) -> SavedSearch:
            version = form.typed.get("version") or search["version"]
            return self.clients.matching.change_saved_search(search["id"], form.body(), version=version)

        return self._submit(search, save, saved)

    def preview(self) -> Response:
        """What the form finds as it is typed; 422 with a sentence for each field that cannot be read."""
        form = WishForm.from_form(request.form)
        errors = form.errors
        if not errors:
            reply, refused = submit(partial(self._preview, form))
            errors = _service_errors(refused)
            if reply is not None:
                view = EditorView(self.audience, form, {}, preview=self._presented(reply, form))
                return make_response(respond.render_block(self.audience.template, "fits", editor=view))
        return make_response(jsonify(errors), UNPROCESSABLE)

    def _submit(self, search: SavedSearch | None, save: Callable[[WishForm], SavedSearch], saved: Saved) -> Response:
        form = WishForm.from_form(request.form)
        act, _colon, argument = request.form.get("act", "save").partition(":")
        if act != "save":
            return self._show(_changed(form, act, argument), search)
        if form.errors:
            return self._show(form, search, UNPROCESSABLE, form.errors)
        try:
            kept = save(form)
        except PreconditionFailed:
            return self._show_newer(form, search)
        except (Invalid, Conflict) as error:
            return self._show(form, search, error.status, _service_errors(errors_of(error)))
        (reply,) = self.clients.in_parallel(partial(self._preview, form))
        return saved(kept, None if isinstance(reply, Unavailable) else reply["total"])

    def _show(
        self,
        form: WishForm,
        search: SavedSearch | None = None,
        status: int = OK,
        errors: Mapping[str, str] | None = None,
    ) -> Response:
        """The page; before anybody saves, it is no mistake that nothing is stated yet."""
        shown = {name: text for name, text in form.errors.items() if name} if errors is None else errors
        view = self._view(form, search, shown)
        return respond.page(self.audience.template, "editor", status=status, editor=view)

    def _view(self, form: WishForm, search: SavedSearch | None, errors: Mapping[str, str]) -> EditorView:
        """The form with what the services say of it; whatever does not answer is missing."""
        words, reply, suggestions, market = self.clients.in_parallel(
            self.clients.matching.words,
            partial(self._preview_if_complete, form),
            partial(self._suggestions, search),
            partial(self._market_pins, form),
        )
        preview = None
        if reply is not None and not isinstance(reply, Unavailable):
            preview = self._presented(reply, form)
            form = form.with_known_words(preview.words)
        return EditorView(
            self.audience,
            form,
            errors,
            words=NO_WORDS if isinstance(words, Unavailable) else words,
            preview=preview,
            is_preview_unavailable=isinstance(reply, Unavailable),
            search=search,
            suggestions=() if isinstance(suggestions, Unavailable) else suggestions,
            market=() if isinstance(market, Unavailable) else market,
        )

    def _preview(self, form: WishForm) -> Preview:
        return self.clients.matching.preview({**form.criteria(), "contact_id": self.audience.contact_id})

    def _preview_if_complete(self, form: WishForm) -> Preview | None:
        return None if form.errors else self._preview(form)

    def _presented(self, reply: Preview, form: WishForm) -> WishPreview:
        return wish_preview(reply, form, self.audience.home_path)

    def _suggestions(self, search: SavedSearch | None) -> list[WishSuggestion]:
        found = self.clients.matching.suggestions(search["id"]) if search else []
        return [WishSuggestion.from_reply(each) for each in found]

    def _market_pins(self, form: WishForm) -> list[pins.Pin]:
        """Homes on the market for a member's map while the form finds nothing of its own."""
        if self.audience.is_simple or not form.errors:
            return []
        page = self.clients.properties.listings({"standard_status": "active"}, limit=MOST_MARKET_PINS)
        return pins.pins(page["items"], "other", self.audience.home_path)

    def _show_newer(self, form: WishForm, search: SavedSearch | None) -> Response:
        """Somebody else saved meanwhile: what was typed stays, and saving it again is the person's decision."""
        newer = self.clients.matching.saved_search(search["id"]) if search else None
        if newer:
            form = form.with_version(newer["version"])
        sentence = _("Somebody changed these wishes a moment ago. Look at the change, then save again.")
        return self._show(form, newer, PreconditionFailed.status, {"": sentence})


def place_names(clients: ServiceClients, typed: str) -> list[str]:
    """Districts that we have a map of, then towns that matching knows, by a part of their name."""
    wanted = typed.casefold().strip()
    if not wanted:
        return []
    districts = [f"{each.name}, {each.city}" for each in geography.districts() if wanted in each.name.casefold()]
    (towns,) = clients.in_parallel(partial(clients.matching.places, typed[:120]))
    return [*districts[:MOST_DISTRICTS], *(() if isinstance(towns, Unavailable) else (town["name"] for town in towns))]


def _changed(form: WishForm, act: str, argument: str) -> WishForm:
    """The form after a button that adds, removes or tries something; as it is for `look` and what is not known."""
    changes: Mapping[str, Callable[[], WishForm]] = {
        "add-word": lambda: form.with_feature(form.typed["add_word"]),
        "add-kind": lambda: form.with_home_type(form.typed["add_kind"]),
        "add-place": lambda: form.with_place(form.typed["add_place"]),
        "add-area": lambda: form.with_area(argument),
        "drop-area": lambda: form.without_area(argument),
        "try": lambda: form.with_patch(argument),
    }
    return changes.get(act, lambda: form)()


def _service_errors(refused: Mapping[str, str]) -> FormErrors:
    """What matching refused, under the fields of the form that it belongs to."""
    errors = FormErrors()
    for name, sentence in refused.items():
        head = name.partition(".")[0]
        if head in FEATURE_FIELDS:
            errors["words"] = sentence
        else:
            errors["" if head == "_schema" else head] = sentence
    return errors
