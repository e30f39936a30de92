"""Mails sign-in links; a second copy of a link is harmless, since the gateway accepts it once."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from services.notifications.agencies.store import AgencyRow, AgencyStore
from services.notifications.channels.email.content import UnmailableError, agency_of, message_id
from services.notifications.channels.email.links import sign_in_link
from services.notifications.channels.email.smtp import Mail
from services.notifications.channels.protocol import Channel, State
from services.notifications.delivery.composer import recipient_of
from services.notifications.people.model import Person
from services.notifications.people.store import PeopleStore
from services.notifications.sign_in_links.mail import SignInMail, render_sign_in
from services.notifications.sign_in_links.store import SignInLinkRow, SignInLinkStore
from shared.messaging.event import now

log = logging.getLogger(__name__)
UNTIL_KNOWN, UNREACHABLE = "waits", "unreachable"


@dataclass(frozen=True)
class SignInLinkSender:
    """Mails links to people's own pages; a link is not sent after its `until`."""

    links: SignInLinkStore
    people: PeopleStore
    agencies: AgencyStore
    channel: Channel[Mail]
    secret: str
    public_url: str

    def claim(self) -> SignInLinkRow | None:
        """Claim the next due link."""
        return self.links.claim()

    def handle(self, claimed: SignInLinkRow) -> None:
        """Mail the link, unless person or agency are not known yet."""
        agency_id, contact_id = claimed["agency_id"], claimed["contact_id"]
        person = self.people.of(agency_id, [contact_id])[contact_id]
        agency = self.agencies.of(agency_id).find()
        outcome = UNTIL_KNOWN if agency is None or not person.known else self._send(claimed, person, agency)
        if outcome not in (UNTIL_KNOWN, State.DEFERRED):
            self.links.delete(claimed["_id"])
        log.info("link", extra={"request_id": claimed["request_id"], "outcome": str(outcome)})

    def tidy(self) -> None:
        """Nothing to do: a claimed link is due again by itself, and MongoDB deletes expired ones."""

    def _send(self, row: SignInLinkRow, person: Person, agency: AgencyRow) -> str:
        if person.erased or person.suppressed or person.address is None:
            return UNREACHABLE
        mail = self._mail(row, person, agency)
        try:
            message = render_sign_in(mail)
        except UnmailableError as error:
            return str(error)
        envelope = Mail(message, mail.agency.from_address, mail.recipient.address)
        return self.channel.hand_over(envelope, lambda: None).state

    def _mail(self, row: SignInLinkRow, person: Person, agency: AgencyRow) -> SignInMail:
        base, until = agency.get("public_url") or self.public_url, row["until"]
        who = {"agency_id": row["agency_id"], "contact_id": row["contact_id"], "request_id": row["request_id"]}
        return SignInMail(
            recipient_of(person),
            agency_of(agency, self.public_url),
            sign_in_link(self.secret, base, until.timestamp(), **who, language=person.language),
            until,
            now(),
            message_id(row["_id"], self.public_url),
        )
