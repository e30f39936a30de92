"""Mailing invitations to who is to work at an agency: the address is kept until the mail is sent, a day at most."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from services.notifications.channels.email.content import Recipient, UnmailableError, agency_of, message_id
from services.notifications.channels.email.smtp import State
from services.notifications.invitations.mail import Welcome, render_welcome
from services.notifications.sign_in_links.sender import Inviting
from shared.messaging.event import now
from shared.storage.mongo import Document

log = logging.getLogger(__name__)


@dataclass
class Welcoming(Inviting):
    """One process that mails invitations; a second copy is harmless, since a link lets in once."""

    def send_next(self) -> bool:
        """Claim and send one invitation; false when none is due."""
        row = self.deps.welcomes.claim()
        if row is None:
            return False
        agency = self.deps.agencies.rows.find_one({"_id": row["agency_id"]})
        outcome = "waits" if agency is None else self._send_welcome(row, agency)
        if outcome not in ("waits", State.DEFERRED):
            self.deps.welcomes.drop(_id=row["_id"])
        log.info("invitation", extra={"member_id": row["member_id"], "outcome": str(outcome)})
        return True

    def _send_welcome(self, row: Document, agency: Document) -> str:
        base = agency.get("public_url") or self.public_url
        welcome = Welcome(
            Recipient(row["address"], row["full_name"], row["language"], agency["time_zone"]),
            agency_of(agency, self.public_url),
            f"{base}/welcome/{row['token']}",
            now(),
            message_id(row["_id"], self.public_url),
        )
        try:
            message = render_welcome(welcome)
        except UnmailableError as error:
            return str(error)
        return self.mail.hand_over(message, welcome.agency.from_address, row["address"], lambda: None).state
