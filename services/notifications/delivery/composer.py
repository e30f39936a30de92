"""What a mail says, gathered from what is known here: of the person, the agency, the agent and the homes."""

from __future__ import annotations

from dataclasses import dataclass

from services.notifications.channels.email.content import Agent, Alert, Finding, Home, Recipient, agency_of, message_id
from services.notifications.channels.email.links import Subject, links_for
from services.notifications.delivery.model import Person
from services.notifications.deps import Deps
from services.notifications.letters.mail import Letter
from services.notifications.people.store import Around
from shared.storage.mongo import Document


@dataclass(frozen=True)
class Composing:
    """Turns deliveries into the values that mails are rendered from."""

    deps: Deps
    secret: str
    public_url: str

    def alert(self, row: Document, around: Around) -> Alert:
        """One home at one price, with the reasons of the best match."""
        agency_id, person, agency = row["agency_id"], around.person, around.agency or {}
        contact = person.contact or {}
        matches = sorted(row["matches"].values(), key=lambda match: (-match["score"], match["saved_search_id"]))
        best = matches[0]
        searches = tuple(row["matches"])
        subject = Subject(agency_id, row["contact_id"], row["listing_id"], searches, contact.get("language", ""))
        return Alert(
            recipient=_recipient(person),
            agency=agency_of(agency, self.public_url),
            agent=self._agent(agency_id, contact.get("agent_member_id") or row["listing"].get("agent_member_id")),
            home=Home.of(row["listing"]),
            links=links_for(self.secret, agency.get("public_url") or self.public_url, subject),
            message_id=message_id(row["_id"], self.public_url),
            date=row["created_at"],
            entered_by=row["entered_by"],
            kind=best["kind"],
            score=best["score"],
            search_names=tuple(match["search_name"] for match in matches if match.get("search_name")),
            reasons=Finding.all_of(best.get("reasons", ())),
            misses=Finding.all_of(best.get("misses", ())),
            unknowns=Finding.all_of(best.get("unknowns", ())),
        )

    def letter(self, row: Document, around: Around) -> Letter:
        """What a member wrote, with a card for each home."""
        agency_id, person, agency = row["agency_id"], around.person, around.agency or {}
        contact = person.contact or {}
        agent = self._agent(agency_id, row["by"]) or self._agent(agency_id, contact.get("agent_member_id"))
        cards = tuple(self._card(row, card, person, agency, agent) for card in row["cards"])
        return Letter(cards=cards, note=row["note"], by_hand=bool(agent))

    def _card(self, row: Document, card: Document, person: Person, agency: Document, agent: Agent | None) -> Alert:
        searches = (card["saved_search_id"],) if card.get("saved_search_id") else ()
        language = (person.contact or {}).get("language", "")
        subject = Subject(row["agency_id"], row["contact_id"], card["listing"]["id"], searches, language)
        return Alert(
            recipient=_recipient(person),
            agency=agency_of(agency, self.public_url),
            agent=agent,
            home=Home.of(card["listing"]),
            links=links_for(self.secret, agency.get("public_url") or self.public_url, subject),
            message_id=message_id(row["_id"], self.public_url),
            date=row["created_at"],
            reasons=_findings(card["reasons"]),
            misses=_findings(card["misses"]),
            unknowns=_findings(card["unknowns"]),
        )

    def _agent(self, agency_id: str, member_id: str | None) -> Agent | None:
        members = self.deps.members.of(agency_id)
        found = members.rows.find_one(members.own(_id=member_id)) if member_id else None
        if found is None or not found["active"]:
            return None
        return Agent(found["display_name"], found.get("phone") or "", found.get("photo_url") or "")


def _recipient(person: Person) -> Recipient:
    contact, reach = person.contact or {}, person.reachable or {}
    name = reach.get("full_name") or ""
    return Recipient(person.address or "", name, contact["language"], contact["time_zone"])


def _findings(texts: list[str]) -> tuple[Finding, ...]:
    return tuple(Finding("told", text) for text in texts)
