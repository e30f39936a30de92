"""A contact and its rules: what may change, what was agreed to, what others must hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict

from shared.codes import NOT_YOURS_TO_SET, FieldError
from shared.vocabulary.contacts import CONTACT_STAGES, ERASURE_GROUNDS

STAGES = CONTACT_STAGES.codes
GROUNDS = ERASURE_GROUNDS.codes
KEPT_APART = frozenset(
    {"id", "agency_id", "consents", "version", "created_at", "changed_at", "touched", "changes", "given"}
)
# What others hear without learning who it is, and what only the mailer hears.
TOLD = frozenset({"language", "time_zone", "stage", "agent_member_id"})
REACHED = frozenset({"full_name", "email", "phone"})


# Any: facts by field name from a checked form, each with the type that the field has
Facts = Mapping[str, Any]


class ConsentWord(TypedDict):
    """What a person said on one purpose and channel; now, unless `at` says when."""

    purpose: str
    channel: str
    state: str
    source: str
    wording_version: NotRequired[str | None]
    at: NotRequired[datetime]


class LogEntry(TypedDict):
    """A call or a note that a member writes down."""

    kind: str
    text: str
    outcome: str | None
    next_on: date | None
    listing_id: str | None


class RuleBroken(Exception):
    """A contact cannot be that; `field` names what is at fault."""

    def __init__(self, field_name: str, error: FieldError) -> None:
        super().__init__(error)
        self.field = field_name
        self.error = error


@dataclass(frozen=True)
class Consent:
    """One word of a person on one purpose and channel: said `at`, written down `recorded_at`."""

    purpose: str
    channel: str
    state: str
    source: str
    at: datetime
    recorded_at: datetime
    wording_version: str | None = None
    by: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """What it speaks of; two words on the same pair compete."""
        return self.purpose, self.channel


@dataclass(frozen=True)
class Change:
    """What a field was and what it is."""

    field: str
    # Any: whatever the field holds
    previous: Any
    new: Any


@dataclass
class Contact:
    """A person; None is "not stated". Times in UTC, `time_zone` IANA, `phone` E.164, `country` ISO 3166."""

    id: str
    agency_id: str
    full_name: str
    language: str
    time_zone: str
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_as_typed: str | None = None
    country: str | None = None
    stage: str = "new"
    source: str | None = None
    agent_member_id: str | None = None
    notes: str | None = None
    consents: list[Consent] = field(default_factory=list)
    version: int = 0
    created_at: datetime | None = None
    changed_at: datetime | None = None
    # moves with each line of the timeline, so that a line being written and an erasing cannot miss each other
    touched: int = 0
    changes: list[Change] = field(default_factory=list, compare=False)
    given: list[Consent] = field(default_factory=list, compare=False)

    def change(self, facts: Facts) -> None:
        """Set facts; consents have a ledger of their own."""
        for name, value in facts.items():
            if name in KEPT_APART or name not in FIELDS:
                raise RuleBroken(name, NOT_YOURS_TO_SET())
            if getattr(self, name) != value:
                self.changes.append(Change(name, getattr(self, name), value))
                setattr(self, name, value)

    def note(self, consent: Consent) -> None:
        """Write a word down; it counts unless a later one is known already (see `latest`)."""
        self.given.append(consent)
        others = [known for known in self.consents if known.pair != consent.pair]
        self.consents = [*others, latest(self.consent(*consent.pair), consent)]

    def consent(self, purpose: str, channel: str) -> Consent | None:
        """The word that counts; None means that nothing was agreed to."""
        return next((known for known in self.consents if known.pair == (purpose, channel)), None)

    def allows(self, purpose: str, channel: str) -> bool:
        """Whether the person agreed, and has not taken it back."""
        consent = self.consent(purpose, channel)
        return consent is not None and consent.state == "granted"

    def is_news(self, names: frozenset[str]) -> bool:
        """Whether the pending changes touch any of these fields; all of a new contact is news."""
        return self.version == 0 or any(change.field in names for change in self.changes)

    def is_unsaved(self) -> bool:
        """Whether there is anything to write."""
        return self.version == 0 or bool(self.changes or self.given)


def latest(known: Consent | None, said: Consent) -> Consent:
    """Of two words on one pair the one said later counts; said at the same moment, the one written down later.

    So a form signed last week and typed in today does not undo yesterday's withdrawal.
    """
    return known if known is not None and known.at > said.at else said


FIELDS = frozenset(f.name for f in fields(Contact))
