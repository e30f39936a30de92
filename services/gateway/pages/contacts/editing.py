"""The form of a contact: a new one, or corrections of one that is known."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.people.path import contact_path
from services.gateway.pages.contacts import present, read
from services.gateway.pages.contacts.forms import ContactForm
from services.gateway.upstream.leads import Contact
from services.gateway.web import respond
from services.gateway.web.agency import own_agency
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.language import gettext as _
from services.gateway.web.members import names_of_members
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("contact_form", guarded=True)


@blp.get("/contacts/new")
@session_policy(*STAFF)
def new_contact() -> Response:
    """The form for a new contact."""
    agency = own_agency()
    return _form(ContactForm(language=agency.languages[0] if agency else ""))


@blp.post("/contacts/new")
@session_policy(*STAFF)
def create_contact() -> Response:
    """Add the contact; say who may be the same person."""
    form = ContactForm.from_form(request.form)
    leads = clients().leads
    made, errors = submit(lambda: leads.create_contact(form.body_of_new(), idempotency_key=form.idempotency_key))
    if made is None:
        return _form(form, errors=errors)
    return respond.saved(present.added(made), contact_path(made["id"]))


@blp.get("/contacts/known")
@session_policy(*STAFF)
def show_known() -> Response:
    """Who is known already with this telephone or e-mail, while somebody types a new contact."""
    phone, email = (request.args.get(name, "").strip() for name in ("phone", "email"))
    known = present.known_contacts(read.possible_duplicates(phone, email), names_of_members())
    agency = own_agency()
    form = ContactForm(language=agency.languages[0] if agency else "", phone=phone, email=email)
    return respond.page("contacts/form.html", "known", contact=None, form=form, errors=FormErrors(), known=known)


@blp.get("/contacts/<contact_id>/edit")
@session_policy(*STAFF)
def edit_contact(contact_id: str) -> Response:
    """The form with what is known."""
    contact = read.contact(contact_id)
    return _form(ContactForm.from_contact(contact), contact=contact)


@blp.post("/contacts/<contact_id>/edit")
@session_policy(*STAFF)
def update_contact(contact_id: str) -> Response:
    """Correct the contact as it was read."""
    form = ContactForm.from_form(request.form)
    leads = clients().leads
    changed, errors = submit(lambda: leads.change_contact(contact_id, form.body(), version=form.version))
    if changed is None:
        return _form(form, contact=read.contact(contact_id), errors=errors)
    return respond.saved(_("Saved."), contact_path(contact_id))


def _form(form: ContactForm, *, contact: Contact | None = None, errors: FormErrors | None = None) -> Response:
    status = 422 if errors else 200
    shown = {"contact": contact, "form": form, "errors": errors or FormErrors(), "known": ()}
    return respond.page("contacts/form.html", status=status, **shown)
