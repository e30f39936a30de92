"""The first page: people to call by home, answers, e-mails that did not arrive, e-mails sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from services.gateway.components.deliveries.present import reason_words
from services.gateway.components.match_rows.present import PersonRow, counts_in_words, person_rows
from services.gateway.components.people.path import contact_path
from services.gateway.components.reachability.present import reach_by_contact
from services.gateway.pages.today.read import TodayAnswer
from services.gateway.projections.model import Answer, ListingCard, NewMatches
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import ListingMatches, MatchCounts
from services.gateway.upstream.notifications import Delivery
from services.gateway.web.formats import percent
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import home_name, label, word_of
from shared.vocabulary.matches import MATCH_ENTRIES, PREFERENCES

ROWS_SHOWN = 4


@dataclass(frozen=True)
class CallRow:
    """A person worth a call about a home."""

    row: PersonRow
    listing_id: str

    @property
    def name(self) -> str:
        """The person's name."""
        return self.row.person["full_name"]

    @property
    def explain_path(self) -> str:
        """Why the home fits."""
        pair = {"saved_search_id": self.row.match["saved_search_id"], "listing_id": self.listing_id}
        return f"/explain?{urlencode(pair)}"

    @property
    def contact_path(self) -> str:
        """The person's page."""
        return contact_path(self.row.contact_id)

    @property
    def call_path(self) -> str:
        """The dialog for a call about the home."""
        return f"{self.contact_path}/calls?{urlencode({'listing_id': self.listing_id})}"

    @property
    def letter_path(self) -> str:
        """The dialog for a letter about the home; empty where no mail may be written."""
        return letter_path(self.listing_id, [self.row.contact_id]) if self.row.reach.by_mail else ""

    @property
    def set_aside_path(self) -> str:
        """Where to take the row away."""
        return f"/today/{quote(self.listing_id, safe='')}/{quote(self.row.contact_id, safe='')}/set-aside"


@dataclass(frozen=True)
class HomeGroup:
    """A home that newly fits wishes, with its best people."""

    listing_id: str
    home: ListingCard
    news: str
    colour: str
    at: datetime
    previous_price: float | None
    counts: MatchCounts
    rows: Sequence[CallRow]

    @property
    def listing_path(self) -> str:
        """The home's page."""
        return f"/listings/{quote(self.listing_id, safe='')}"

    @property
    def writable(self) -> int:
        """How many of the people may get a mail."""
        return sum(row.row.reach.by_mail for row in self.rows)

    @property
    def letter_path(self) -> str:
        """The dialog for a letter to all of them."""
        return letter_path(self.listing_id, [row.row.contact_id for row in self.rows if row.row.reach.by_mail])

    @property
    def kinds(self) -> list[tuple[int, str]]:
        """How many people it fits, by kind of match."""
        return counts_in_words(self.counts)


@dataclass(frozen=True)
class AnswerRow:
    """What a person answered about a home: an icon, the opinion in a word, and the reason."""

    person: Contact
    listing_id: str
    home: str
    icon: str
    colour: str
    text: str
    reason: str | None
    at: datetime


@dataclass(frozen=True)
class UndeliveredRow:
    """A mail that did not arrive, and why."""

    person: Contact
    reason: str


@dataclass(frozen=True)
class Today:
    """The first page; `whose` is mine or team."""

    whose: str
    groups: Sequence[HomeGroup]
    answers: Sequence[AnswerRow]
    undelivered: Sequence[UndeliveredRow]
    counts: Mapping[str, int]
    unavailable: Sequence[str]

    @property
    def people(self) -> int:
        """How many people are worth a call."""
        return sum(len(group.rows) for group in self.groups)


def today(answer: TodayAnswer, whose: str, agent_id: str) -> Today:
    """The first page: of the agent's own people, or of the whole team's."""
    own = {id_: person for id_, person in answer.people.items() if person["agent_member_id"] == agent_id}
    people = own if whose == "mine" else answer.people
    groups = [_group(each, answer, people) for each in answer.news if each.listing_id in answer.matches]
    return Today(
        whose=whose,
        groups=[group for group in groups if group.rows],
        answers=[_answer(each, answer) for each in answer.answers if each.contact_id in answer.people],
        undelivered=[_undelivered(each, answer) for each in answer.undelivered if each["contact_id"] in answer.people],
        counts=answer.delivery_counts,
        unavailable=answer.unavailable,
    )


def letter_path(listing_id: str, contact_ids: Sequence[str]) -> str:
    """The dialog for a letter to these people about a home."""
    query = [("listing_id", listing_id), *(("contact_id", id_) for id_ in contact_ids)]
    return f"/letters/new?{urlencode(query)}"


def _group(news: NewMatches, answer: TodayAnswer, people: Mapping[str, Contact]) -> HomeGroup:
    matches, home = answer.matches[news.listing_id], answer.homes[news.listing_id]
    before = _price_before(news, home)
    text, colour = _news(news, home, before)
    return HomeGroup(
        listing_id=news.listing_id,
        home=home,
        news=text,
        colour=colour,
        at=news.at,
        previous_price=home.get("previous_list_price") if news.entered_by == "price" else None,
        counts=matches["counts"],
        rows=_worth_a_call(matches, answer, people),
    )


def _worth_a_call(matches: ListingMatches, answer: TodayAnswer, people: Mapping[str, Contact]) -> list[CallRow]:
    """The best people who may be reached and were not set aside."""
    listing_id = matches["listing_id"]
    left = [each for each in matches["matches"] if f"{listing_id}/{each['contact_id']}" not in answer.pairs_set_aside]
    reach = reach_by_contact(people, answer.reachability)
    rows = [row for row in person_rows(left, people, reach) if not row.reach.is_stopped]
    return [CallRow(row, listing_id) for row in rows[:ROWS_SHOWN]]


def _price_before(news: NewMatches, home: ListingCard) -> float | None:
    """The price before it went down; None where it did not."""
    before, price = float(home.get("previous_list_price") or 0), float(home.get("list_price") or 0)
    return before if news.entered_by == "price" and 0 < price < before else None


def _news(news: NewMatches, home: ListingCard, before: float | None) -> tuple[str, str]:
    """Why the home is here, in words, and a colour."""
    colour = {"new": "aink", "price": "pass", "status": "aink", "criteria": "open"}[news.entered_by]
    if before:
        share = percent((before - float(home["list_price"] or 0)) / before)
        return _("Price down %(share)s") % {"share": share}, colour
    return label(MATCH_ENTRIES, news.entered_by), colour


def _answer(each: Answer, answer: TodayAnswer) -> AnswerRow:
    icon, colour = {
        "favorite": ("heart/filled", "love"),
        "possibility": ("bookmark", "open"),
        "discard": ("x", "third"),
    }[each.preference]
    text = word_of(PREFERENCES, each.preference)
    home = answer.homes.get(each.listing_id)
    name = home_name(home) if home else _("a home")
    person = answer.people[each.contact_id]
    return AnswerRow(person, each.listing_id, name, icon, colour, text, each.reason, each.at)


def _undelivered(delivery: Delivery, answer: TodayAnswer) -> UndeliveredRow:
    return UndeliveredRow(answer.people[delivery["contact_id"]], reason_words(delivery.get("reason")))
