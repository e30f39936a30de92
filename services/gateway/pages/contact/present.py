"""The contact's page, made from the replies of the services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from services.gateway.components.match_rows.present import counts_in_words
from services.gateway.components.people.path import contact_path
from services.gateway.components.people.words import consent_words
from services.gateway.components.reachability.present import Reach, reach_by_contact
from services.gateway.components.timeline.present import TimelineRow, timeline_rows
from services.gateway.components.wish_summary.present import wish_line, wish_state
from services.gateway.pages.contact.read import ContactAnswer
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Consent, TimelinePage
from services.gateway.upstream.matching import MatchCounts, SavedSearch
from services.gateway.web.language import gettext as _


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
    """A person's answer on one purpose and channel: granted, withdrawn, or none where there is no answer."""

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


def _current(consents: Iterable[Consent]) -> list[ConsentLine]:
    states = {(each["purpose"], each["channel"]): each["state"] for each in consents}
    shown = {
        ("alerts", "email"): _("New homes, by e-mail"),
        ("alerts", "sms"): _("New homes, by SMS"),
        ("service", "email"): _("E-mails about current business"),
        ("marketing", "email"): _("News and offers"),
        ("service", "phone"): _("Phone calls"),
    }
    return [ConsentLine(text, states.get(pair, "none")) for pair, text in shown.items()]


def _consent(consent: Consent) -> ConsentLine:
    return ConsentLine(consent_words(consent), consent["state"], consent["at"])
