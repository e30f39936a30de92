"""Letters: homes to a person or a home to people, one dialog, one mail to each of them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, make_response, request

from services.gateway.pages.letters import present, read, sending
from services.gateway.pages.letters.forms import LetterForm
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.forms.page_form import FormErrors
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("letters", guarded=True)


@blp.get("/letters/new")
@session_policy(*STAFF)
def new() -> Response:
    """The dialog: to whom a letter may go and to whom not; `contact_id` and `listing_id` as often as needed."""
    return _dialog(LetterForm.from_args(request.args))


@blp.post("/letters")
@session_policy(*STAFF)
def create() -> Response:
    """One mail to each person who is ticked; it can be cancelled for a moment."""
    form = LetterForm.from_form(request.form)
    if errors := form.errors():
        return _dialog(form, errors, status=422)
    answer = sending.send(form)
    if not answer.delivery_ids:
        return _dialog(form, refused=answer.refused, status=422)
    undo = present.undo_path(answer.delivery_ids)
    return respond.saved(present.sent(answer), present.back_path(form), undo=undo, answer=make_response(""))


def _dialog(
    form: LetterForm, errors: FormErrors | None = None, refused: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    shown = present.letter_dialog(form, read.dialog(form), errors or FormErrors(), refused or {})
    return respond.dialog("letters/new.html", status=status, letter=shown)
