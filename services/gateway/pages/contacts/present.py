"""What the list and the form of contacts show, made from the replies of leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.gateway.components.people.path import contact_path
from services.gateway.components.reachability.present import Reach, reach_by_contact
from services.gateway.pages.contacts.filter import ContactFilter
from services.gateway.pages.contacts.read import ContactList
from services.gateway.upstream.leads import Contact, NewContact, PossibleDuplicate
from services.gateway.web.formats import phone
from services.gateway.web.language import gettext as _


@dataclass(frozen=True)
class ContactRow:
    """One person in the list."""

    path: str
    name: str
    phone: str
    email: str
    reach: Reach
    stage: str
    agent: str
    changed_at: str


@dataclass(frozen=True)
class ContactTable:
    """The list of contacts and the address of what follows."""

    rows: Sequence[ContactRow]
    next_path: str | None


@dataclass(frozen=True)
class KnownContact:
    """Somebody who may be the person that is being typed; `facts` are telephone, e-mail and agent."""

    path: str
    name: str
    facts: Sequence[str]


def contact_table(answer: ContactList, chosen: ContactFilter, colleagues: Mapping[str, str]) -> ContactTable:
    """The list of contacts."""
    contacts, cursor = answer.page["items"], answer.page["next_cursor"]
    reach = reach_by_contact((contact["id"] for contact in contacts), answer.reachability)
    rows = [_row(contact, reach[contact["id"]], colleagues) for contact in contacts]
    return ContactTable(rows, chosen.path(cursor) if cursor else None)


def _row(contact: Contact, reach: Reach, colleagues: Mapping[str, str]) -> ContactRow:
    return ContactRow(
        path=contact_path(contact["id"]),
        name=contact["full_name"],
        phone=contact["phone"] or "",
        email=contact["email"] or "",
        reach=reach,
        stage=contact["stage"],
        agent=colleagues.get(contact["agent_member_id"] or "", ""),
        changed_at=contact["changed_at"],
    )


def known_contacts(people: Iterable[PossibleDuplicate], colleagues: Mapping[str, str]) -> list[KnownContact]:
    """The people whom the form names while somebody types a new contact."""
    return [_known(person, colleagues) for person in people]


def _known(person: PossibleDuplicate, colleagues: Mapping[str, str]) -> KnownContact:
    agent = colleagues.get(person["agent_member_id"] or "")
    facts = (phone(person["phone"]), person["email"], _("with %(name)s") % {"name": agent} if agent else "")
    return KnownContact(contact_path(person["id"]), person["full_name"], [fact for fact in facts if fact])


def added(contact: NewContact) -> str:
    """What is said once a contact was added, with the people who may be the same."""
    same = ", ".join(other["full_name"] for other in contact["possible_duplicates"])
    return _("Contact added. May be the same person: %(names)s") % {"names": same} if same else _("Contact added.")
