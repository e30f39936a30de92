"""What the pages of contacts show, made from the replies of the services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from services.gateway.components.match_rows.present import counts_in_words
from services.gateway.components.people.words import consent_words
from services.gateway.components.reachability.present import Reach, reach_by_contact
from services.gateway.components.timeline.present import TimelineRow, timeline_rows
from services.gateway.components.wish_summary.present import wish_line, wish_state
from services.gateway.pages.contacts.filter import ContactFilter
from services.gateway.pages.contacts.read import ContactAnswer, ContactList
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Consent, Contact, NewContact, PossibleDuplicate, TimelinePage
from services.gateway.upstream.matching import MatchCounts, SavedSearch
from services.gateway.web.formats import phone
from services.gateway.web.language import gettext as _

# purposes and channels that people are asked about, in the order of the form
CONSENTS = (
    *(("alerts", "email"), ("alerts", "sms"), ("service", "email"), ("service", "phone")),
    *(("marketing", "email"), ("marketing", "sms"), ("sharing", "email")),
)


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
class WishCard:
    """One saved search of a person; `counts` are numbers of homes with the word for their kind."""

    path: str
    name: str
    state: str
    is_alerting: bool
    line: str
    counts: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Wishes:
    """The saved searches of a person, or the service that did not answer."""

    cards: Sequence[WishCard] = ()
    unavailable: str = ""


@dataclass(frozen=True)
class ConsentLine:
    """What a person said on one purpose and channel: granted, withdrawn, or none where nobody asked."""

    text: str
    state: str
    at: str = ""


@dataclass(frozen=True)
class Consents:
    """What holds now on the main purposes, and the latest answers."""

    current: Sequence[ConsentLine]
    latest: Sequence[ConsentLine]


@dataclass(frozen=True)
class Timeline:
    """Part of a person's timeline, or the service that did not answer."""

    rows: Sequence[TimelineRow] = ()
    next_path: str | None = None
    unavailable: str = ""


@dataclass(frozen=True)
class ContactShown:
    """What stands on a person's page around the tab and the timeline."""

    agent: str
    reach: Reach
    wishes: Wishes
    consents: Consents
    notes: Sequence[TimelineRow]


@dataclass(frozen=True)
class KnownContact:
    """Somebody who may be the person that is being typed; `facts` are telephone, e-mail and agent."""

    path: str
    name: str
    facts: Sequence[str]


def contact_path(contact_id: str) -> str:
    """The address of a person's page."""
    return f"/contacts/{quote(contact_id, safe='')}"


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


def contact_shown(answer: ContactAnswer, colleagues: Mapping[str, str]) -> ContactShown:
    """One person's page."""
    reach = reach_by_contact([answer.contact["id"]], answer.reachability)[answer.contact["id"]]
    agent = colleagues.get(answer.contact["agent_member_id"] or "", "")
    notes = [] if isinstance(answer.notes, Unavailable) else timeline_rows(answer.notes["items"], {})
    latest = [] if isinstance(answer.consents, Unavailable) else answer.consents["items"]
    consents = Consents(_current(answer.contact["consents"]), [_consent(each) for each in latest])
    return ContactShown(agent, reach, wishes(answer.searches, answer.counts), consents, notes)


def wishes(searches: Sequence[SavedSearch] | Unavailable, counts: Mapping[str, MatchCounts]) -> Wishes:
    """The cards of a person's saved searches."""
    if isinstance(searches, Unavailable):
        return Wishes(unavailable=searches.service)
    return Wishes([_wish_card(search, counts.get(search["id"])) for search in searches])


def _wish_card(search: SavedSearch, counts: MatchCounts | None) -> WishCard:
    return WishCard(
        path=f"/wishes/{quote(search['id'], safe='')}",
        name=search["name"] or _("Wishes"),
        state=wish_state(search),
        is_alerting=search["status"] == "active" and search["alerts"] != "off",
        line=wish_line(search),
        counts=counts_in_words(counts) if counts else (),
    )


def timeline(contact_id: str, page: TimelinePage | Unavailable, colleagues: Mapping[str, str]) -> Timeline:
    """Part of a person's timeline."""
    if isinstance(page, Unavailable):
        return Timeline(unavailable=page.service)
    cursor = page["next_cursor"]
    next_path = f"{contact_path(contact_id)}/timeline?{urlencode({'cursor': cursor})}" if cursor else None
    return Timeline(timeline_rows(page["items"], colleagues), next_path)


def consent_choices() -> list[tuple[str, str]]:
    """The purposes and channels that the form offers, as "purpose.channel" with their words."""
    return [(f"{one}.{by}", consent_words({"purpose": one, "channel": by})) for one, by in CONSENTS]


def _current(consents: Iterable[Consent]) -> list[ConsentLine]:
    states = {(each["purpose"], each["channel"]): each["state"] for each in consents}
    shown = {
        ("alerts", "email"): _("New homes, by mail"),
        ("alerts", "sms"): _("New homes, by SMS"),
        ("service", "email"): _("Mails about what is under way"),
        ("marketing", "email"): _("News and offers"),
        ("service", "phone"): _("Phone calls"),
    }
    return [ConsentLine(text, states.get(pair, "none")) for pair, text in shown.items()]


def _consent(consent: Consent) -> ConsentLine:
    return ConsentLine(consent_words(consent), consent["state"], consent["at"])


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
