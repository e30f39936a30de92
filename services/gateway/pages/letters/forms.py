"""The form of a letter: its people, its homes and its note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from services.gateway.web.forms.page_form import FormErrors
from services.gateway.web.language import gettext as _

MOST_PEOPLE, MOST_HOMES = 100, 10


@dataclass(frozen=True)
class LetterForm:
    """The people and homes that the dialog shows, the people who are ticked, and a note."""

    contact_ids: Sequence[str]
    listing_ids: Sequence[str]
    ticked: Sequence[str]
    note: str = ""
    idempotency_key: str = ""

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> LetterForm:
        """A new letter: all named people are ticked."""
        contact_ids = _each_once(args.getlist("contact_id"))
        return cls(contact_ids, _each_once(args.getlist("listing_id")), contact_ids)

    @classmethod
    def from_form(cls, typed: MultiDict[str, str]) -> LetterForm:
        """What was typed and ticked; `asked` keeps the people whom the dialog showed."""
        ticked = _each_once(typed.getlist("contact_id"))
        shown = _each_once(typed.get("asked", "").split()) or ticked
        homes = _each_once(typed.getlist("listing_id"))
        return cls(shown, homes, ticked, typed.get("note", "").strip(), typed.get("once", ""))

    @property
    def recipients(self) -> Sequence[str]:
        """The people who are written to."""
        return self.ticked[:MOST_PEOPLE]

    @property
    def shown_contact_ids(self) -> Sequence[str]:
        """The people of the dialog, as many as fit in one go."""
        return self.contact_ids[:MOST_PEOPLE]

    @property
    def shown_listing_ids(self) -> Sequence[str]:
        """The homes of the letter, as many as fit in one mail."""
        return self.listing_ids[:MOST_HOMES]

    def errors(self) -> FormErrors:
        """The reason why the letter cannot be written."""
        return (
            FormErrors() if self.ticked and self.listing_ids else FormErrors({"": _("Tick at least one person first.")})
        )

    def warnings(self) -> FormErrors:
        """What the dialog says of people and homes that it leaves out."""
        if len(self.contact_ids) <= MOST_PEOPLE and len(self.listing_ids) <= MOST_HOMES:
            return FormErrors()
        return FormErrors({"": _("At most 100 people and 10 homes at a time: only the first ones are listed here.")})


def _each_once(ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ids))
