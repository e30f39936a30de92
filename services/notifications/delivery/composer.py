"""The parts that mails about homes share: recipient, agency, agent and links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.notifications.agencies.store import AgencyRow, MemberStore
from services.notifications.channels.email.content import Agency, Agent, Links, Recipient, agency_of, message_id
from services.notifications.channels.email.links import Subject, links_for
from services.notifications.delivery.model import Delivery
from services.notifications.people.model import Person


@dataclass(frozen=True)
class MailComposer:
    """Turns stored data into the values that mails are rendered from."""

    members: MemberStore
    secret: str
    public_url: str

    def links(
        self, delivery: Delivery, listing_id: str, search_ids: Iterable[str], person: Person, agency: AgencyRow | None
    ) -> Links:
        """The signed links of one home in a mail."""
        base = (agency or {}).get("public_url") or self.public_url
        subject = Subject(delivery.agency_id, delivery.contact_id, listing_id, tuple(search_ids), person.language)
        return links_for(self.secret, base, subject)

    def agency(self, agency: AgencyRow | None) -> Agency:
        """The agency that the mail is sent for."""
        return agency_of(agency or {}, self.public_url)

    def agent(self, agency_id: str, member_id: str | None) -> Agent | None:
        """The member to reply to, if still active."""
        member = self.members.of(agency_id).find(member_id) if member_id else None
        if member is None or not member["active"]:
            return None
        return Agent(member["display_name"], member.get("phone") or "", member.get("photo_url") or "")

    def message_id(self, delivery: Delivery) -> str:
        """The Message-ID of this delivery, always the same."""
        return message_id(delivery.id, self.public_url)


def recipient_of(person: Person) -> Recipient:
    """The recipient of a mail; call it for people who are known."""
    contact, reachable = person.contact or {}, person.reachable or {}
    name = reachable.get("full_name") or ""
    return Recipient(person.address or "", name, contact["language"], contact["time_zone"])
