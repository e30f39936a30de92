"""Which services the list and the form of contacts ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.gateway.components.reachability.read import reachability_of
from services.gateway.pages.contacts.filter import ContactFilter
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact, ContactPage, PossibleDuplicate
from services.gateway.upstream.notifications import Reachability
from services.gateway.web.clients import clients
from services.gateway.web.session import member

SHOWN, HOMES_SHOWN, TIMELINE_SHOWN, HISTORY_SHOWN, LATEST = 40, 20, 20, 50, 3


@dataclass(frozen=True)
class ContactList:
    """One page of contacts and how each may be reached."""

    page: ContactPage
    reachability: Sequence[Reachability] | Unavailable


def contacts(chosen: ContactFilter) -> ContactList:
    """One page of the contacts that a filter leaves."""
    shown = {"q": chosen.q, "stage": chosen.stage, "language": chosen.language}
    own = member().id if chosen.whose == "mine" else None
    services = clients()
    page = services.leads.contacts(**shown, agent_member_id=own, limit=SHOWN, cursor=chosen.cursor)
    ids = [each["id"] for each in page["items"]]
    (reachability,) = services.in_parallel(lambda: reachability_of(services, ids))
    return ContactList(page, reachability)


def contact(contact_id: str) -> Contact:
    """One person; NotFound when there is none."""
    return clients().leads.contact(contact_id)


def possible_duplicates(phone: str, email: str) -> list[PossibleDuplicate]:
    """Who may be the person with this telephone or e-mail, as typed so far."""
    return clients().leads.possible_duplicates(phone=phone, email=email)
