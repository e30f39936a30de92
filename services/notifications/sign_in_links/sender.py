"""Mailing links to people's own pages: claimed for a while, sent, done with; what is late is worth nothing."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from services.notifications.channels.email.content import Recipient, UnmailableError, agency_of, message_id
from services.notifications.channels.email.links import sign_in_link
from services.notifications.channels.email.smtp import HandsOver, State
from services.notifications.delivery.model import Person
from services.notifications.deps import Deps
from services.notifications.sign_in_links.mail import Invitation, render_sign_in
from shared.messaging.event import now
from shared.messaging.inbox import is_outage
from shared.storage.mongo import Document

log = logging.getLogger(__name__)


@dataclass
class Inviting:
    """One process that mails links; a second copy of a link is harmless, since it opens one session only."""

    deps: Deps
    mail: HandsOver
    secret: str
    public_url: str

    def __post_init__(self) -> None:
        self.wake = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Send whatever is due; look again whenever woken, and once a second besides."""
        while not stop.is_set():
            self.wake.wait(1.0)
            self.wake.clear()
            try:
                while not stop.is_set() and self.send_next():
                    pass
            except Exception as error:
                if not is_outage(error):
                    raise
                stop.wait(0.5)

    def send_next(self) -> bool:
        """Claim and send one link; false when none is due."""
        row = self.deps.links.claim()
        if row is None:
            return False
        person = self.deps.people.of(row["agency_id"], [row["contact_id"]])[row["contact_id"]]
        agency = self.deps.agencies.rows.find_one({"_id": row["agency_id"]})
        outcome = "waits" if agency is None or not person.known else self._send(row, person, agency)
        if outcome not in ("waits", State.DEFERRED):
            self.deps.links.drop(_id=row["_id"])
        log.info("link", extra={"request_id": row["request_id"], "outcome": str(outcome)})
        return True

    def _send(self, row: Document, person: Person, agency: Document) -> str:
        if person.erased or person.suppressed or person.address is None:
            return "not to be written to"
        invitation = self._invitation(row, person, agency)
        try:
            message = render_sign_in(invitation)
        except UnmailableError as error:
            return str(error)
        sender, recipient = invitation.agency.from_address, invitation.recipient.address
        return self.mail.hand_over(message, sender, recipient, lambda: None).state

    def _invitation(self, row: Document, person: Person, agency: Document) -> Invitation:
        contact, reach = person.contact or {}, person.reachable or {}
        who = {name: row[name] for name in ("agency_id", "contact_id", "request_id")} | {
            "language": contact["language"]
        }
        base, until = agency.get("public_url") or self.public_url, row["until"].timestamp()
        return Invitation(
            Recipient(person.address or "", reach.get("full_name") or "", contact["language"], contact["time_zone"]),
            agency_of(agency, self.public_url),
            sign_in_link(self.secret, base, until, **who),
            row["until"],
            now(),
            message_id(row["_id"], self.public_url),
        )
