"""Sending: claim under a lease, check once more, render, hand over, mark; what nobody knows is never sent again."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import Any

from services.notifications.channels.email.content import Alert, UnmailableError
from services.notifications.channels.email.render import render_alert
from services.notifications.channels.email.smtp import HandsOver, Outcome, State
from services.notifications.delivery import model
from services.notifications.delivery.composer import Composing
from services.notifications.delivery.reconsider import reconsider_next
from services.notifications.deps import Deps
from services.notifications.letters.mail import Letter, render_letter
from services.notifications.people.store import Around
from shared.messaging.event import now
from shared.messaging.faults import fault
from shared.messaging.inbox import is_outage
from shared.storage.mongo import Document, transaction

log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another process has taken the delivery over; stop before the final dot."""


@dataclass
class Sending:
    """One sending process; several may compete, a delivery is claimed by one."""

    deps: Deps
    mail: HandsOver
    owner: str
    secret: str
    public_url: str

    def __post_init__(self) -> None:
        self.wake = threading.Event()
        self._composing = Composing(self.deps, self.secret, self.public_url)
        self._tidy_at = 0.0

    def run(self, stop: threading.Event) -> None:
        """Send whatever is due; look again whenever woken, and once a second besides."""
        while not stop.is_set():
            self.wake.wait(1.0)
            self.wake.clear()
            try:
                while not stop.is_set() and self.send_next():
                    pass
                if time.monotonic() >= self._tidy_at:
                    self._tidy_at = time.monotonic() + 1.0
                    self.tidy()
            except Exception as error:
                if not is_outage(error):
                    raise
                stop.wait(0.5)

    def send_next(self) -> bool:
        """Claim and send one delivery; false when none is due."""
        row = self.deps.deliveries.claim(self.owner)
        if row is None:
            return False
        fault("sending.after_claim")
        around = self.deps.people.around(row)
        decision = _decide(row, around)
        if decision.state != "queued":
            self._give_up(row, decision.state, decision.reason)
            return True
        try:
            outcome = self._hand_over(row, around)
        except (UnmailableError, LeaseLost) as error:
            self._give_up(row, "failed", str(error)[:200])
            return True
        fault("sending.after_acceptance")
        self._conclude(row, outcome)
        fault("sending.after_mark")
        return True

    def tidy(self) -> None:
        """Look again at what waits. Leases that ran out: what was only claimed is due again, unless it ends every
        process that claims it; what was being handed over nobody knows."""
        while reconsider_next(self.deps):
            pass
        store = self.deps.deliveries
        while row := store.lapsed("claimed"):
            lapses = row.get("lapses", 0) + 1
            if lapses < model.MOST_LAPSES:
                store.mark(row, ("claimed",), state="queued", not_before=now(), lapses=lapses)
            else:
                self._finish(row, "failed", "stopped_before_handover")
        while row := store.lapsed("handing_over"):
            self._finish(row, "unknown", "stopped_during_handover")

    def _hand_over(self, row: Document, around: Around) -> Outcome:
        mail: Alert | Letter
        if row.get("kind") == model.LETTER:
            mail = self._composing.letter(row, around)
            message = render_letter(mail)
        else:
            mail = self._composing.alert(row, around)
            message = render_alert(mail)

        def before_final_dot() -> None:
            lease_until = now() + model.LEASE
            if not self.deps.deliveries.mark(row, ("claimed",), state="handing_over", lease_until=lease_until):
                raise LeaseLost("another process has taken over")
            fault("sending.after_handing_over")

        return self.mail.hand_over(message, mail.agency.from_address, mail.recipient.address, before_final_dot)

    def _conclude(self, row: Document, outcome: Outcome) -> None:
        if outcome.state is State.ACCEPTED:
            self._finish(row, "sent", None)
        elif outcome.state is State.UNCLEAR:
            self._finish(row, "unknown", outcome.reason)
        elif outcome.state is State.REFUSED:
            if outcome.reason.startswith("RCPT"):
                self._suppress(row, outcome.reason)
            self._finish(row, "failed", outcome.reason)
        else:
            self._later(row, outcome.reason)

    def _later(self, row: Document, reason: str) -> None:
        due = model.retry_at(row["attempts"], row["created_at"], now())
        if due is None:
            self._finish(row, "failed", reason)
        else:
            self.deps.deliveries.mark(row, ("claimed", "handing_over"), state="queued", not_before=due, reason=reason)

    def _give_up(self, row: Document, state: str, reason: str | None) -> None:
        """Conclude what was claimed and not handed over.

        The claim waited for no majority, so a transaction that follows at once may not see it yet; after this mark,
        which does wait, it must.
        """
        if self.deps.deliveries.mark(row, ("claimed",), lease_until=now() + model.LEASE):
            self._finish(row, state, reason)

    def _suppress(self, row: Document, reason: str) -> None:
        person = self.deps.people.of(row["agency_id"], [row["contact_id"]])[row["contact_id"]]
        if person.address:
            self.deps.people.suppress(person.address, reason)

    def _finish(self, row: Document, state: str, reason: str | None) -> None:
        """The state and word of it in one transaction."""

        def work() -> None:
            store = self.deps.deliveries.of(row["agency_id"])
            at: dict[str, Any] = {"sent_at": now()} if state == "sent" else {}
            at |= {"not_before": now() + model.WAIT} if state == "waiting" else {}
            if marked := store.mark(row, ("claimed", "handing_over"), state=state, reason=reason, **at):
                store.tell(marked)

        transaction(self.deps.deliveries.db.client, work)
        log.info("delivery", extra={"delivery_id": row["_id"], "state": state, "outcome": reason})


def _decide(row: Document, around: Around) -> model.Decision:
    """Once more before it leaves: nothing goes out that news since has made wrong."""
    if row.get("kind") == model.LETTER:
        return model.decide_letter(around.person)
    decision = model.decide(around.person, "instant")
    if decision.state != "queued":
        return decision
    if around.home is not None and model.is_off_market(around.home, row["listing"]["sequence"]):
        return model.Decision("canceled", "listing_" + around.home["standard_status"])
    if not any(pair["live"] for pair in around.pairs):
        return model.Decision("canceled", "match_lost")
    if around.agency is None:
        return model.Decision("waiting", "agency_unknown")
    return decision
