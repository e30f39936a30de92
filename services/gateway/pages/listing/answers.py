"""What the owner of a listing answered: the small form in the place of a question, and the answer."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.listing.path import listing_path
from services.gateway.pages.listing import present, read
from services.gateway.pages.listing.forms import AnswerForm
from services.gateway.upstream.properties import Listing
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.forms.page_form import submit
from services.gateway.web.language import gettext as _
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("owner_answers", guarded=True)


@blp.get("/listings/<listing_id>/answers/new")
@session_policy(*STAFF)
def new(listing_id: str) -> Response:
    """The form for one thing that the owner was asked."""
    return _form(read.listing(listing_id), AnswerForm(request.args.get("about", "")))


@blp.post("/listings/<listing_id>/answers")
@session_policy(*STAFF)
def create(listing_id: str) -> Response:
    """Enter the answer over the version that the form was opened with."""
    home = read.listing(listing_id)
    form = AnswerForm.from_form(request.form, home)
    if form.error:
        return _form(home, form, 422)
    version = home["version"]
    changed, errors = submit(lambda: clients().properties.change_listing(listing_id, form.body, version=version))
    if changed is None:
        return _form(home, form.refused(errors), 422)
    questions = present.questions(changed, read.open_questions(listing_id))
    parts = respond.blocks("listing/show.html", "facts", "questions", home=changed, questions=questions)
    text = _("Saved. Everyone who was waiting for this is being checked again.")
    return respond.saved(text, listing_path(listing_id), answer=parts)


def _form(home: Listing, form: AnswerForm, status: int = 200) -> Response:
    question = present.Question(home["id"], form.about, form.field)
    return respond.page("listing/answers/new.html", "form", status=status, home=home, form=form, question=question)
