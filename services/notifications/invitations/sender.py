"""Mails invitations to join an agency; a second copy is harmless, since a link works once."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from services.notifications.agencies.store import AgencyRow, AgencyStore
from services.notifications.channels.email.content import Recipient, UnmailableError, agency_of, message_id
from services.notifications.channels.email.smtp import Mail
from services.notifications.channels.protocol import Channel, State
from services.notifications.invitations.mail import InvitationMail, render_invitation
from services.notifications.invitations.store import InvitationRow, InvitationStore
from shared.messaging.event import now

log = logging.getLogger(__name__)
UNTIL_KNOWN = "waits"


@dataclass(frozen=True)
class InvitationSender:
    """Mails invitations; the address is kept until the mail is sent, a day at most."""

    invitations: InvitationStore
    agencies: AgencyStore
    channel: Channel[Mail]
    public_url: str

    def claim(self) -> InvitationRow | None:
        """Claim the next due invitation."""
        return self.invitations.claim()

    def handle(self, claimed: InvitationRow) -> None:
        """Mail the invitation, unless the agency is not known yet."""
        agency = self.agencies.of(claimed["agency_id"]).find()
        outcome = UNTIL_KNOWN if agency is None else self._send(claimed, agency)
        if outcome not in (UNTIL_KNOWN, State.DEFERRED):
            self.invitations.delete(claimed["_id"])
        log.info("invitation", extra={"member_id": claimed["member_id"], "outcome": str(outcome)})

    def tidy(self) -> None:
        """Nothing to do: a claimed invitation is due again by itself, and MongoDB deletes expired ones."""

    def _send(self, row: InvitationRow, agency: AgencyRow) -> str:
        base = agency.get("public_url") or self.public_url
        mail = InvitationMail(
            Recipient(row["address"], row["full_name"], row["language"], agency["time_zone"]),
            agency_of(agency, self.public_url),
            f"{base}/welcome/{row['token']}",
            now(),
            message_id(row["_id"], self.public_url),
        )
        try:
            message = render_invitation(mail)
        except UnmailableError as error:
            return str(error)
        return self.channel.hand_over(Mail(message, mail.agency.from_address, row["address"]), lambda: None).state
