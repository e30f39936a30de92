"""A delivery: one mail to one person, its states, the transitions between them and their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from services.notifications import codes
from services.notifications.delivery.documents import CardRow, ListingRow, MatchRow
from services.notifications.pairs.model import PairRow, StatusRow, is_off_market
from services.notifications.people.model import CONTACT_UNKNOWN, EMAIL, REFUSALS, Person, Use
from shared.codes import FieldError

QUEUED = "queued"  # due at `not_before`
HELD = "held"  # waits for a digest
WAITING = "waiting"  # waits until the person or the agency is known
CLAIMED = "claimed"  # a sender prepares it under a lease
HANDING_OVER = "handing_over"  # the mail server has all but the last byte
SENT, SKIPPED, FAILED, UNKNOWN, CANCELED = "sent", "skipped", "failed", "unknown", "canceled"
UNSENT = (QUEUED, HELD, WAITING)
UNDER_WAY = (CLAIMED, HANDING_OVER)
STATES = (*UNSENT, *UNDER_WAY, SENT, SKIPPED, FAILED, UNKNOWN, CANCELED)
NEVER_LEFT = (CANCELED, SKIPPED)
RESENDABLE = (UNKNOWN, FAILED)

# Reasons of `waiting`, beside contact_unknown, and of `held`.
AGENCY_UNKNOWN = "agency_unknown"  # its agency has not been reported yet
DAILY, WEEKLY = "daily", "weekly"  # the digest that the search asks for
URGENCY = ("instant", DAILY, WEEKLY)
# Reasons of `skipped` are those of the person's gates (people.model). Reasons of `canceled`, beside erased:
MATCH_LOST = "match_lost"  # the home no longer matches the wishes
PRICE_CHANGED = "price_changed"  # it shows an older price of the home
CALLED_OFF = "called_off"  # a member cancelled the letter
OFF_MARKET = "listing_"  # with the status that the home has now: listing_withdrawn, listing_closed …
# Reasons of `failed`, `unknown` and of what is `queued` again; `detail` holds the mail server's words, if any.
REFUSED = "refused"  # the mail server refused it for good
DEFERRED = "deferred"  # the mail server could not take it now
UNMAILABLE = "unmailable"  # it can never be made into a mail; `detail` names the field
STOPPED_BEFORE = "stopped_before_handover"  # the process crashed repeatedly while preparing it
STOPPED_DURING = "stopped_during_handover"  # the process crashed while the mail server had the mail
UNCLEAR = "unclear"  # the mail server had the whole mail and did not answer
REASONS = (
    *(*REFUSALS, AGENCY_UNKNOWN, DAILY, WEEKLY, MATCH_LOST, PRICE_CHANGED, CALLED_OFF),
    *(REFUSED, DEFERRED, UNMAILABLE, STOPPED_BEFORE, STOPPED_DURING, UNCLEAR),
)

Kind = Literal["alert", "letter"]
ALERT: Final = "alert"
LETTER: Final = "letter"
LEASE = timedelta(seconds=60)
DELAYS = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600))
PATIENCE = timedelta(hours=24)
WAIT = timedelta(seconds=30)
MOST_LAPSES = 10
LONGEST_DETAIL = 200


class TransitionRefused(Exception):
    """The transition is not allowed in this state; `error` says why."""

    def __init__(self, error: FieldError) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True)
class Decision:
    """The decision about a delivery: its state and, unless it may be sent, the reason."""

    state: str
    reason: str | None = None


@dataclass
class Delivery:
    """One mail to one person, about one home at one price or, written by hand, about several homes.

    Transitions collect changes; DeliveryStore.save writes them and the event of the new state.
    """

    id: str
    agency_id: str
    contact_id: str
    listing_id: str
    kind: Kind
    state: str
    created_at: datetime
    not_before: datetime
    reason: str | None = None
    detail: str | None = None
    channel: str = EMAIL
    entered_by: str = "new"
    frequency: str = "instant"
    attempts: int = 0
    lapses: int = 0
    version: int = 0
    listing: ListingRow = field(default_factory=ListingRow)
    matches: dict[str, MatchRow] = field(default_factory=dict)
    listing_ids: list[str] | None = None
    by: str | None = None
    note: str | None = None
    cards: list[CardRow] | None = None
    sent_at: datetime | None = None
    lease_owner: str | None = None
    lease_until: datetime | None = None
    changed: set[str] = field(default_factory=set, compare=False, repr=False)
    is_news: bool = field(default=False, compare=False, repr=False)

    @property
    def list_price(self) -> float | None:
        """The price shown in it, in major units."""
        return self.listing.get("list_price")

    @property
    def currency(self) -> str | None:
        """The currency of that price."""
        return self.listing.get("currency")

    @property
    def saved_search_ids(self) -> list[str]:
        """The searches that the home matches."""
        return sorted(self.matches)

    @property
    def leaves_at(self) -> datetime | None:
        """Until when a letter can be cancelled."""
        return self.not_before if self.kind == LETTER and self.state == QUEUED else None

    @property
    def use(self) -> Use:
        """The use whose gates apply to the person."""
        return "letters" if self.kind == LETTER else "alerts"

    def drop_matches(self, search_ids: Iterable[str]) -> None:
        """Remove searches that the home no longer matches; cancelled when none is left."""
        gone = set(search_ids)
        left = {search_id: match for search_id, match in self.matches.items() if search_id not in gone}
        if left:
            self._only(UNSENT)
            self._set(matches=left)
        else:
            self.cancel(MATCH_LOST)

    def join(self, matches: Sequence[MatchRow], person: Person, at: datetime) -> None:
        """Add another search that the same home matches at the same price: one alert names them all."""
        self._only(UNSENT)
        joined = {**self.matches, **by_search(matches)}
        frequency = most_urgent(list(joined.values()))
        self._set(matches=joined, frequency=frequency)
        if self.state == HELD and frequency == "instant":
            self._decide(decide(person, self.use, frequency), at)

    def revive(
        self, matches: Sequence[MatchRow], listing: ListingRow, entered_by: str, person: Person, at: datetime
    ) -> None:
        """Start again for a pair that matches again when no mail was sent the first time, unless the same gate is
        still closed.
        """
        self._only(NEVER_LEFT)
        frequency = most_urgent(matches)
        decision = decide(person, self.use, frequency)
        if (decision.state, decision.reason) != (self.state, self.reason):
            self._set(frequency=frequency, matches=by_search(matches), listing=listing, entered_by=entered_by)
            self._set(attempts=0, created_at=at)
            self._decide(decision, at)

    def reconsider(self, person: Person, at: datetime) -> None:
        """Decide again about a delivery that waits or was stopped for a reason that no longer holds; otherwise
        unchanged.
        """
        self._only((WAITING, *NEVER_LEFT))
        decision = decide(person, self.use, self.frequency)
        if decision.state in (WAITING, self.state):
            return
        if self.state == CANCELED:
            self._set(created_at=at, attempts=0)
        self._decide(decision, at)

    def cancel(self, reason: str) -> None:
        """Cancel a delivery that has not been sent yet."""
        self._only(UNSENT)
        self._move(CANCELED, reason)

    def release(self, at: datetime) -> None:
        """Make it due, since the awaited person or agency is known now."""
        self._only((WAITING,))
        self._decide(Decision(QUEUED), at)

    def call_off(self) -> None:
        """Cancel a letter that no sender has claimed yet; a second time changes nothing."""
        if self.kind != LETTER:
            raise TransitionRefused(codes.NOT_A_LETTER())
        if self.state == CANCELED:
            return
        if self.state != QUEUED or self.attempts:
            raise TransitionRefused(codes.HAS_LEFT())
        self._move(CANCELED, CALLED_OFF)

    def resend(self, at: datetime) -> None:
        """Send again from the start, on a member's decision."""
        if self.state not in RESENDABLE or (self.kind == LETTER and self.cards is None):
            raise TransitionRefused(codes.NOT_RESENDABLE(state=self.state))
        self._set(attempts=0, created_at=at, not_before=at)
        self._move(QUEUED)

    def begin_hand_over(self, at: datetime) -> None:
        """The mail server has all but the last byte: from now on only the server knows the result."""
        self._only((CLAIMED,))
        self._set(state=HANDING_OVER, lease_until=at + LEASE)

    def renew_lease(self, at: datetime) -> None:
        """Extend a claim."""
        self._only((CLAIMED,))
        self._set(lease_until=at + LEASE)

    def conclude(self, state: str, at: datetime, reason: str | None = None, detail: str | None = None) -> None:
        """Record the result of a claimed delivery; a deferred one is tried again later."""
        self._only(UNDER_WAY)
        if state == SENT:
            self._set(sent_at=at)
        if state == WAITING:
            self._set(not_before=at + WAIT)
        self._move(state, reason, detail)

    def postpone(self, at: datetime, detail: str) -> None:
        """Try again later; after a day of trying it has failed."""
        due = retry_at(self.attempts, self.created_at, at)
        if due is None:
            self.conclude(FAILED, at, DEFERRED, detail)
        else:
            self._only(UNDER_WAY)
            self._set(state=QUEUED, not_before=due, reason=DEFERRED, detail=detail[:LONGEST_DETAIL])

    def lapse(self, at: datetime) -> None:
        """The lease has expired: a claimed delivery is due again, unless it crashes every process that claims it;
        one that was being sent becomes unknown and is never sent again automatically.
        """
        self._only(UNDER_WAY)
        if self.state == HANDING_OVER:
            self.conclude(UNKNOWN, at, STOPPED_DURING)
        elif self.lapses + 1 >= MOST_LAPSES:
            self.conclude(FAILED, at, STOPPED_BEFORE)
        else:
            self._set(state=QUEUED, not_before=at, lapses=self.lapses + 1)

    def mark_saved(self) -> None:
        """Clear the pending changes after they were saved."""
        self.version += 1
        self.changed, self.is_news = set(), False

    def _decide(self, decision: Decision, at: datetime) -> None:
        self._set(not_before=at)
        self._move(decision.state, decision.reason)

    def _move(self, state: str, reason: str | None = None, detail: str | None = None) -> None:
        self._set(state=state, reason=reason)
        if detail is not None or self.detail is not None:
            self._set(detail=detail and detail[:LONGEST_DETAIL])
        self.is_news = True

    # Any: each value has the type of the field with its name
    def _set(self, **changes: Any) -> None:
        for name, value in changes.items():
            setattr(self, name, value)
        self.changed |= set(changes)

    def _only(self, states: Iterable[str]) -> None:
        if self.state not in states:
            raise TransitionRefused(codes.NO_TRANSITION(state=self.state))


def decide(person: Person, use: Use, frequency: str) -> Decision:
    """Decide whether a mail may be sent now, waits for the person to be known, is held for a digest, or is skipped.

    A letter never waits, since its writer waits for the reply.
    """
    refusal = person.refusal(use)
    if refusal == CONTACT_UNKNOWN and use == "alerts":
        return Decision(WAITING, CONTACT_UNKNOWN)
    if refusal is not None:
        return Decision(SKIPPED, refusal)
    return Decision(QUEUED) if frequency == "instant" else Decision(HELD, frequency)


def decide_departure(
    delivery: Delivery, person: Person, status: StatusRow | None, pairs: Iterable[PairRow], agency_is_known: bool
) -> Decision:
    """Decide once more before a mail is sent, since events may have made it outdated."""
    decision = decide(person, delivery.use, "instant")
    if delivery.kind == LETTER or decision.state != QUEUED:
        return decision
    if status is not None and is_off_market(status, delivery.listing["sequence"]):
        return Decision(CANCELED, OFF_MARKET + status["standard_status"])
    if not any(pair["live"] for pair in pairs):
        return Decision(CANCELED, MATCH_LOST)
    return decision if agency_is_known else Decision(WAITING, AGENCY_UNKNOWN)


def by_search(matches: Iterable[MatchRow]) -> dict[str, MatchRow]:
    """Matches of one person by search."""
    return {match["saved_search_id"]: match for match in matches}


def most_urgent(matches: Iterable[MatchRow]) -> str:
    """The frequency to use when one home matches several searches."""
    return min((match["alerts"] for match in matches), key=URGENCY.index)


def retry_at(attempts: int, created_at: datetime, moment: datetime) -> datetime | None:
    """When to try again after a temporary refusal; None after a day of trying."""
    if moment - created_at > PATIENCE:
        return None
    return moment + DELAYS[min(attempts, len(DELAYS)) - 1]
