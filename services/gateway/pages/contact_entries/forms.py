"""What a member enters about a contact: a call, a note, a consent; and the body of the request that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.gateway.upstream.leads import ConsentRecord, NewTimelineEntry
from services.gateway.web.forms import fields
from services.gateway.web.forms.page_form import FormErrors, PageForm
from services.gateway.web.language import gettext as _

FORM_WORDING = "member-form-1"


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
        return (
            FormErrors() if self.source else FormErrors({"source": _("State how we know: on the phone, by letter …")})
        )

    @staticmethod
    def by_field(errors: FormErrors) -> FormErrors:
        """A service's errors at the fields of this form, where purpose and channel are one field."""
        names = {"purpose": "what", "channel": "what"}
        return FormErrors({names.get(name, name): text for name, text in errors.items()})
