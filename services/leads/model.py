"""A contact and its rules: allowed changes, consents, and which changes are published."""

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
# The fields published without identifying the person, and those published for notifications only.
TOLD = frozenset({"language", "time_zone", "stage", "agent_member_id"})
REACHED = frozenset({"full_name", "email", "phone"})


# Any: facts by field name from a checked form, each with the type of its field
Facts = Mapping[str, Any]


class ConsentWord(TypedDict):
    """A consent or withdrawal on one purpose and channel, given at `at` or now."""

    purpose: str
    channel: str
    state: str
    source: str
    wording_version: NotRequired[str | None]
    at: NotRequired[datetime]


class LogEntry(TypedDict):
    """A call or a note that a member records."""

    kind: str
    text: str
    outcome: str | None
    next_on: date | None
    listing_id: str | None


class RuleBroken(Exception):
    """A rule on contacts is broken; `field` names the field."""

    def __init__(self, field_name: str, error: FieldError) -> None:
        super().__init__(error)
        self.field = field_name
        self.error = error


@dataclass(frozen=True)
class Consent:
    """A consent or withdrawal of a person on one purpose and channel: given `at`, recorded at `recorded_at`."""

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
        """Purpose and channel; a later consent on the same pair replaces an earlier one."""
        return self.purpose, self.channel


@dataclass(frozen=True)
class Change:
    """The old and the new value of a field."""

    field: str
    # Any: the type of the field
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
    # changes with each line of the timeline, so that adding a line and erasing the person conflict
    touched: int = 0
    changes: list[Change] = field(default_factory=list, compare=False)
    given: list[Consent] = field(default_factory=list, compare=False)

    def change(self, facts: Facts) -> None:
        """Set facts; consents have their own ledger."""
        for name, value in facts.items():
            if name in KEPT_APART or name not in FIELDS:
                raise RuleBroken(name, NOT_YOURS_TO_SET())
            if getattr(self, name) != value:
                self.changes.append(Change(name, getattr(self, name), value))
                setattr(self, name, value)

    def note(self, consent: Consent) -> None:
        """Record a consent or withdrawal; it counts unless a later one is known already (see `latest`)."""
        self.given.append(consent)
        others = [known for known in self.consents if known.pair != consent.pair]
        self.consents = [*others, latest(self.consent(*consent.pair), consent)]

    def consent(self, purpose: str, channel: str) -> Consent | None:
        """The consent or withdrawal that counts; None where nothing was recorded."""
        return next((known for known in self.consents if known.pair == (purpose, channel)), None)

    def allows(self, purpose: str, channel: str) -> bool:
        """Whether the person agreed and has not withdrawn it."""
        consent = self.consent(purpose, channel)
        return consent is not None and consent.state == "granted"

    def is_news(self, names: frozenset[str]) -> bool:
        """Whether the pending changes include any of these fields; for a new contact they always do."""
        return self.version == 0 or any(change.field in names for change in self.changes)

    def is_unsaved(self) -> bool:
        """Whether there is anything to save."""
        return self.version == 0 or bool(self.changes or self.given)


def latest(known: Consent | None, said: Consent) -> Consent:
    """Of two consents on one pair the one given later counts; if given at the same moment, the one recorded later.

    So a form signed last week and entered today does not undo yesterday's withdrawal.
    """
    return known if known is not None and known.at > said.at else said


FIELDS = frozenset(f.name for f in fields(Contact))
