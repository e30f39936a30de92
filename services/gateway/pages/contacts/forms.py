"""The form of a contact: what is typed, and the body of the request that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow.fields import Boolean

from services.gateway.upstream.leads import ConsentRecord, Contact, ContactFacts, NewContactFacts
from services.gateway.web.forms import fields
from services.gateway.web.forms.page_form import PageForm

FORM_WORDING = "member-form-1"


class ContactFields(PageForm):
    """The fields of the form of a contact."""

    full_name = fields.Text(empty="")
    phone = fields.Text(empty="")
    email = fields.Text(empty="")
    language = fields.Text(empty="")
    stage = fields.Text(empty="")
    source = fields.Text(empty="")
    notes = fields.Text(empty="")
    agrees = Boolean(load_default=False)
    version = fields.Text(empty="0")
    idempotency_key = fields.Text(empty="", data_key="once")


@dataclass(frozen=True)
class ContactForm:
    """A person's facts as typed; `agrees` is the consent to alerts by e-mail, which only a new contact's form has."""

    full_name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    stage: str = "new"
    source: str = ""
    notes: str = ""
    agrees: bool = False
    version: str = "0"
    idempotency_key: str = ""

    @classmethod
    def from_contact(cls, contact: Contact) -> ContactForm:
        """The form of a contact that is known."""
        return cls(
            full_name=contact["full_name"],
            phone=contact["phone_as_typed"] or contact["phone"] or "",
            email=contact["email"] or "",
            language=contact["language"],
            stage=contact["stage"],
            source=contact["source"] or "",
            notes=contact["notes"] or "",
            version=str(contact["version"]),
        )

    @classmethod
    def from_form(cls, typed: Mapping[str, str]) -> ContactForm:
        """What was typed."""
        values, _errors = ContactFields.read(typed)
        return cls(**values)

    def body(self) -> ContactFacts:
        """The facts of a change: what is empty is not stated."""
        facts: ContactFacts = {
            "full_name": self.full_name,
            "email": self.email or None,
            "phone": self.phone or None,
            "source": self.source or None,
            "notes": self.notes or None,
        }
        if self.language:
            facts["language"] = self.language
        if self.stage:
            facts["stage"] = self.stage
        return facts

    def body_of_new(self) -> NewContactFacts:
        """The facts of a new contact, with the consent to alerts where it was given."""
        consent: ConsentRecord = {
            "purpose": "alerts",
            "channel": "email",
            "state": "granted",
            "wording_version": FORM_WORDING,
            "source": "told a member",
        }
        return {**self.body(), "consents": [consent] if self.agrees else []}
