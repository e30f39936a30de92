"""Sends deliveries: check again, render, send, record the result; a mail that may have arrived is never sent again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.notifications.channels.email.content import UnmailableError
from services.notifications.channels.email.smtp import Mail
from services.notifications.channels.protocol import Channel, Outcome, State
from services.notifications.delivery import model
from services.notifications.delivery.context import ContextReader, DeliveryContext
from services.notifications.delivery.model import Delivery
from services.notifications.delivery.reconsider import reconsider_next
from services.notifications.delivery.store import DeliveryStore, Stale
from services.notifications.people.store import PeopleStore
from shared.messaging.event import now
from shared.messaging.faults import fault

log = logging.getLogger(__name__)
Compose = Callable[[Delivery, DeliveryContext], Mail]


class LeaseLost(Exception):
    """Another process has taken the delivery over; stops before the final step."""


@dataclass(frozen=True)
class DeliverySender:
    """Sends deliveries of any agency; `channels` by name, `compose` by kind of delivery.

    Several may compete: a delivery is claimed by one `owner`.
    """

    deliveries: DeliveryStore
    people: PeopleStore
    channels: Mapping[str, Channel[Mail]]
    compose: Mapping[str, Compose]
    owner: str

    def claim(self) -> Delivery | None:
        """Claim the next due delivery."""
        return self.deliveries.claim(self.owner)

    def handle(self, claimed: Delivery) -> None:
        """Send it if it may still be sent, and record the result."""
        fault("sending.after_claim")
        context = ContextReader(self.people).of(claimed)
        decision = context.decide(claimed)
        if decision.state != model.QUEUED:
            self._give_up(claimed, decision.state, decision.reason)
            return
        try:
            outcome = self._hand_over(claimed, context)
        except UnmailableError as error:
            self._give_up(claimed, model.FAILED, model.UNMAILABLE, str(error))
            return
        except LeaseLost:
            log.info("delivery taken over", extra={"delivery_id": claimed.id})
            return
        fault("sending.after_acceptance")
        self._conclude(claimed, outcome, context)
        fault("sending.after_mark")

    def tidy(self) -> None:
        """Check again deliveries that wait, and those claimed by crashed processes."""
        while reconsider_next(self.deliveries, self.people):
            pass
        for state in model.UNDER_WAY:
            while delivery := self.deliveries.lapsed(state):
                delivery.lapse(now())
                self._save(delivery)

    def _hand_over(self, delivery: Delivery, context: DeliveryContext) -> Outcome:
        mail = self.compose[delivery.kind](delivery, context)

        def before_final_step() -> None:
            try:
                delivery.begin_hand_over(now())
                self.deliveries.save(delivery)
            except Stale as error:
                raise LeaseLost from error
            fault("sending.after_handing_over")

        return self.channels[delivery.channel].hand_over(mail, before_final_step)

    def _conclude(self, delivery: Delivery, outcome: Outcome, context: DeliveryContext) -> None:
        moment = now()
        if outcome.state is State.ACCEPTED:
            delivery.conclude(model.SENT, moment)
        elif outcome.state is State.UNCLEAR:
            delivery.conclude(model.UNKNOWN, moment, model.UNCLEAR, outcome.reason)
        elif outcome.state is State.DEFERRED:
            delivery.postpone(moment, outcome.reason)
        else:
            if outcome.refuses_address and context.person.address:
                self.people.suppress(context.person.address, outcome.reason)
            delivery.conclude(model.FAILED, moment, model.REFUSED, outcome.reason)
        self._save(delivery)

    def _give_up(self, delivery: Delivery, state: str, reason: str | None, detail: str | None = None) -> None:
        """Record the result of a claimed delivery that was not sent.

        The claim was not majority-committed, so a transaction that follows at once may not see it yet; renewing the
        lease waits for the majority.
        """
        try:
            delivery.renew_lease(now())
            self.deliveries.save(delivery)
        except Stale:
            log.info("delivery taken over", extra={"delivery_id": delivery.id})
            return
        delivery.conclude(state, now(), reason, detail)
        self._save(delivery)

    def _save(self, delivery: Delivery) -> None:
        try:
            self.deliveries.save(delivery)
        except Stale:  # another process has taken it over and records the result
            log.info("delivery taken over", extra={"delivery_id": delivery.id})
            return
        about = {"delivery_id": delivery.id, "state": delivery.state, "outcome": delivery.detail or delivery.reason}
        log.info("delivery", extra=about)
