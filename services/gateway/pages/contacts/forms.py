"""Forms about a contact: what people type, and the body of the request that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow.fields import Boolean

from services.gateway.upstream.leads import ConsentRecord, Contact, ContactFacts, NewContactFacts, NewTimelineEntry
from services.gateway.web.forms import fields
from services.gateway.web.forms.page_form import FormErrors, PageForm
from services.gateway.web.language import gettext as _

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


class CallFields(PageForm):
    """The fields of the dialog for a call."""

    outcome = fields.Text(empty="")
    text = fields.Text(empty="")
    next_on = fields.Text(empty="")
    listing_id = fields.Text(empty="")
    idempotency_key = fields.Text(empty="", data_key="once")


@dataclass(frozen=True)
class CallForm:
    """A call as typed: its outcome, what was said, the day of the next step, and the home that it was about."""

    outcome: str = ""
    text: str = ""
    next_on: str = ""
    listing_id: str = ""
    idempotency_key: str = ""

    @classmethod
    def from_form(cls, typed: Mapping[str, str]) -> CallForm:
        """What was typed."""
        values, _errors = CallFields.read(typed)
        return cls(**values)

    def body(self) -> NewTimelineEntry:
        """The entry of the timeline that it becomes."""
        return {
            "kind": "call",
            "text": self.text,
            "outcome": self.outcome or None,
            "next_on": self.next_on or None,
            "listing_id": self.listing_id or None,
        }


class NoteFields(PageForm):
    """The fields of a note."""

    text = fields.Text(empty="")
    idempotency_key = fields.Text(empty="", data_key="once")


@dataclass(frozen=True)
class NoteForm:
    """A note as typed."""

    text: str = ""
    idempotency_key: str = ""

    @classmethod
    def from_form(cls, typed: Mapping[str, str]) -> NoteForm:
        """What was typed."""
        values, _errors = NoteFields.read(typed)
        return cls(**values)

    def body(self) -> NewTimelineEntry:
        """The entry of the timeline that it becomes."""
        return {"kind": "note", "text": self.text}


class ConsentFields(PageForm):
    """The fields of the dialog for a consent."""

    what = fields.Text(empty="")
    state = fields.Text(empty="")
    source = fields.Text(empty="")
    wording_version = fields.Text(empty="")
    idempotency_key = fields.Text(empty="", data_key="once")


@dataclass(frozen=True)
class ConsentForm:
    """One answer on one purpose and channel, as somebody heard it; `what` is "purpose.channel"."""

    what: str = "alerts.email"
    state: str = "granted"
    source: str = ""
    wording_version: str = FORM_WORDING
    idempotency_key: str = ""

    @classmethod
    def from_form(cls, typed: Mapping[str, str]) -> ConsentForm:
        """What was typed."""
        values, _errors = ConsentFields.read(typed)
        return cls(**values)

    def body(self) -> ConsentRecord:
        """The consent that it becomes; a wording belongs to an agreement only."""
        purpose, _dot, channel = self.what.partition(".")
        return {
            "purpose": purpose,
            "channel": channel,
            "state": self.state,
            "source": self.source,
            "wording_version": (self.wording_version or None) if self.state == "granted" else None,
        }

    def errors(self) -> FormErrors:
        """What is missing, by field."""
        return FormErrors() if self.source else FormErrors({"source": _("Say how we know: on the phone, by letter …")})

    @staticmethod
    def by_field(errors: FormErrors) -> FormErrors:
        """A service's errors at the fields of this form, where purpose and channel are one field."""
        names = {"purpose": "what", "channel": "what"}
        return FormErrors({names.get(name, name): text for name, text in errors.items()})
