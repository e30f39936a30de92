"""The service calls of a contact's page, in parallel where possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from services.gateway.components.reachability.read import reachability_of
from services.gateway.projections.model import ListingCard
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import ConsentPage, Contact, TimelinePage
from services.gateway.upstream.matching import Match, MatchCounts, SavedSearch
from services.gateway.upstream.notifications import Delivery, Reachability
from services.gateway.upstream.services import ServiceClients
from services.gateway.web.clients import clients
from services.gateway.web.deps import deps
from services.gateway.web.session import member

SHOWN, HOMES_SHOWN, TIMELINE_SHOWN, HISTORY_SHOWN, LATEST = 40, 20, 20, 50, 3
SEARCHES_READ, DELIVERIES_READ = 20, 200
KINDS = ("match", "possible", "near")


@dataclass(frozen=True)
class HomesTab:
    """The homes that fit a person's wishes, what was sent to the person, and the services that did not answer."""

    matches: Sequence[Match] = ()
    deliveries: Sequence[Delivery] = ()
    unavailable: Sequence[str] = ()


@dataclass(frozen=True)
class MailTab:
    """The mails to a person, newest first, and the cards of their homes by id."""

    deliveries: Sequence[Delivery]
    homes: Mapping[str, ListingCard]


@dataclass(frozen=True)
class NotesTab:
    """The notes and calls of a person, newest first."""

    timeline: TimelinePage


@dataclass(frozen=True)
class ConsentTab:
    """Every consent and withdrawal of a person, the latest first."""

    consents: ConsentPage


Tab = HomesTab | MailTab | NotesTab | ConsentTab


@dataclass(frozen=True)
class ContactAnswer:
    """One person and everything that their page shows; `counts` are by saved search."""

    contact: Contact
    reachability: Sequence[Reachability] | Unavailable
    searches: Sequence[SavedSearch] | Unavailable
    counts: Mapping[str, MatchCounts]
    tab: Tab | Unavailable
    timeline: TimelinePage | Unavailable
    consents: ConsentPage | Unavailable
    notes: TimelinePage | Unavailable


@dataclass(frozen=True)
class _SearchAnswer:
    """What matching answers about one saved search: its counts, or its matches of one kind."""

    counts: MatchCounts | None = None
    matches: Sequence[Match] = ()


SearchCalls = dict[tuple[str, str], Callable[[], _SearchAnswer]]


def contact(contact_id: str) -> Contact:
    """One person; NotFound when there is none."""
    return clients().leads.contact(contact_id)


def whole(contact_id: str, tab_name: str, cursor: str | None) -> ContactAnswer:
    """One person with everything around, one tab, and the timeline from `cursor` on."""
    services = clients()
    person = services.leads.contact(contact_id)
    searches, history, consents, notes, reachability, first = services.in_parallel(
        lambda: _saved_searches(services, contact_id),
        lambda: services.leads.timeline(contact_id, limit=TIMELINE_SHOWN, cursor=cursor),
        lambda: services.leads.consents(contact_id, limit=LATEST),
        lambda: services.leads.timeline(contact_id, kinds=("note",), limit=LATEST),
        lambda: reachability_of(services, [contact_id]),
        lambda: _tab_without_matches(services, contact_id, tab_name),
    )
    calls = {} if isinstance(searches, Unavailable) else _count_calls(services, searches)
    if tab_name == "homes" and not isinstance(searches, Unavailable):
        calls |= _match_calls(services, searches)
    answers = services.each_in_parallel(calls)
    counts = {
        id_: answer.counts
        for (_kind, id_), answer in answers.items()
        if isinstance(answer, _SearchAnswer) and answer.counts
    }
    tab_: Tab | Unavailable = first
    if tab_name == "homes":
        tab_ = searches if isinstance(searches, Unavailable) else _homes(answers, first)
    return ContactAnswer(person, reachability, searches, counts, tab_, history, consents, notes)


def tab(contact_id: str, tab_name: str) -> Tab:
    """One tab of a person's page."""
    services = clients()
    if tab_name != "homes":
        return _tab_without_matches(services, contact_id, tab_name)
    searches = _saved_searches(services, contact_id)
    (first,) = services.in_parallel(lambda: _tab_without_matches(services, contact_id, tab_name))
    return _homes(services.each_in_parallel(_match_calls(services, searches)), first)


def timeline(contact_id: str, cursor: str | None) -> TimelinePage:
    """The timeline of a person from `cursor` on."""
    return clients().leads.timeline(contact_id, limit=TIMELINE_SHOWN, cursor=cursor)


def _saved_searches(services: ServiceClients, contact_id: str) -> list[SavedSearch]:
    """A person's wishes, those in force first."""
    found = services.matching.saved_searches(contact_id=contact_id, limit=SEARCHES_READ)["items"]
    return sorted(found, key=lambda search: search["status"] != "active")


def _tab_without_matches(services: ServiceClients, contact_id: str, tab_name: str) -> Tab:
    """A tab as far as one call makes it: that of homes has the deliveries alone."""
    if tab_name == "notes":
        return NotesTab(services.leads.timeline(contact_id, kinds=("note", "call"), limit=HISTORY_SHOWN))
    if tab_name == "consent":
        return ConsentTab(services.leads.consents(contact_id, limit=HISTORY_SHOWN))
    if tab_name == "mail":
        deliveries = services.notifications.deliveries(contact_id=contact_id, limit=HISTORY_SHOWN)["items"]
        homes = deps().listings.of(member().agency_id).some([delivery["listing_id"] for delivery in deliveries])
        return MailTab(deliveries, homes)
    deliveries = services.notifications.deliveries(contact_id=contact_id, limit=DELIVERIES_READ)["items"]
    return HomesTab(deliveries=deliveries)


def _count_calls(services: ServiceClients, searches: Sequence[SavedSearch]) -> SearchCalls:
    def count(search_id: str) -> _SearchAnswer:
        return _SearchAnswer(counts=services.matching.search_counts(search_id))

    return {("counts", search["id"]): partial(count, search["id"]) for search in searches}


def _match_calls(services: ServiceClients, searches: Sequence[SavedSearch]) -> SearchCalls:
    def match(search_id: str, kind: str) -> _SearchAnswer:
        page = services.matching.search_matches(search_id, kind=kind, limit=HOMES_SHOWN)
        return _SearchAnswer(matches=page["items"])

    active = [search["id"] for search in searches if search["status"] == "active"]
    return {(kind, id_): partial(match, id_, kind) for id_ in active for kind in KINDS}


def _homes(answers: Mapping[tuple[str, str], _SearchAnswer | Unavailable], first: Tab | Unavailable) -> HomesTab:
    """The tab of homes from matching's answers and the deliveries of `first`."""
    matches = [match for each in answers.values() if isinstance(each, _SearchAnswer) for match in each.matches]
    failed = {each.service for each in (*answers.values(), first) if isinstance(each, Unavailable)}
    deliveries = first.deliveries if isinstance(first, HomesTab) else ()
    return HomesTab(matches, deliveries, sorted(failed))
