"""The pages of one listing, made from the services' replies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from services.gateway.components.charts.demand import DemandChart, demand_chart
from services.gateway.components.charts.price_history import PriceHistoryChart, price_history_chart
from services.gateway.components.listing.path import listing_path
from services.gateway.components.listing.questions import ANSWERED_BY, answer_path, field_of
from services.gateway.components.match_rows.present import PersonRow, person_rows
from services.gateway.components.reachability.present import reach_by_contact
from services.gateway.pages.listing.read import PeoplePage
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import Demand, MatchCounts, OpenQuestion, Opinion, SimilarListing
from services.gateway.upstream.properties import HistoryEntry, Listing
from services.gateway.web.deferred_part import DeferredPart
from services.gateway.web.language import gettext as _
from services.gateway.web.tabs import Tab
from services.gateway.web.vocabulary import kind_name, question_words

MOST_QUESTIONS, MOST_UNSTATED = 6, 4
# What the page shows as a figure of its own, so that it is no feature that is "not stated".
FIGURES = frozenset(
    {
        *ANSWERED_BY.values(),
        *("living_area", "lot_size_area", "year_built", "property_sub_type", "location", "transaction"),
    }
)


@dataclass(frozen=True)
class RefusalRow:
    """A person who refused the listing, and why."""

    person: Contact
    opinion: Opinion


@dataclass(frozen=True)
class PeopleTable:
    """One page of a listing's people: those of one kind of match, best first, or those who refused it, newest first."""

    listing_id: str
    kind: str
    tabs: tuple[Tab, ...]
    rows: tuple[PersonRow, ...] = ()
    refusals: tuple[RefusalRow, ...] = ()
    next_path: str | None = None
    is_first_page: bool = True
    unavailable: tuple[Unavailable, ...] = ()

    @property
    def path(self) -> str:
        """Where this table comes from."""
        return _people_path(self.listing_id, kind=self.kind)

    @property
    def is_empty(self) -> bool:
        """Whether all services answered and there is nobody."""
        return not (self.rows or self.refusals or self.unavailable)

    @property
    def not_known_yet(self) -> Unavailable | None:
        """The service that has not received the listing yet, so that the table asks it again."""
        return next((each for each in self.unavailable if each.not_known), None)

    @property
    def empty_text(self) -> str:
        """The text in place of an empty table."""
        return {
            "match": _("This home fits nobody's wishes yet. People appear here as soon as it does."),
            "possible": _("Nobody's wishes depend on a fact that is not stated."),
            "near": _("No near matches: there is nobody for whom only one figure does not fit."),
            "no": _("Nobody has said no to this home."),
        }[self.kind]


@dataclass(frozen=True)
class Question:
    """A question to the owner; `about` is a word of matching, `field` the listing's field that answers it."""

    listing_id: str
    about: str
    field: str
    waiting: int = 0
    wishing: int = 0

    @property
    def text(self) -> str:
        """The question in the reader's language."""
        return question_words({"about": self.about, "field": self.field})

    @property
    def path(self) -> str:
        """Where the answer is entered."""
        return answer_path(self.listing_id, self.about)

    @property
    def target(self) -> str:
        """Where htmx puts the form: in the question's place, or over the page; "" where the answer has a page."""
        if self.field == "location":
            return ""
        return "#over" if self.field == "list_price" else f"#ask-{self.about}"


@dataclass(frozen=True)
class Questions:
    """What to ask the owner, most wanted first."""

    listing_id: str
    items: tuple[Question, ...] = ()
    unavailable: Unavailable | None = None

    @property
    def path(self) -> str:
        """Where this part comes from."""
        return f"{listing_path(self.listing_id)}/questions"

    @property
    def shown(self) -> tuple[Question, ...]:
        """Those that there is room for."""
        return self.items[:MOST_QUESTIONS]

    @property
    def features(self) -> tuple[str, ...]:
        """The features to mark as not stated among the facts."""
        return tuple(each.about for each in self.items if each.field not in FIGURES)[:MOST_UNSTATED]


def people_table(listing_id: str, page: PeoplePage) -> PeopleTable:
    """The table of one page of people."""
    opinions = [] if isinstance(page.opinions, Unavailable) else page.opinions
    deliveries = [] if isinstance(page.deliveries, Unavailable) else page.deliveries
    people = {} if isinstance(page.people, Unavailable) else page.people
    reach = reach_by_contact(people, page.reachability)
    found = None if isinstance(page.matches, Unavailable) else page.matches
    kind, cursor = page.filter.kind, found["next_cursor"] if found else None
    return PeopleTable(
        listing_id,
        kind,
        _tabs(listing_id, page.counts),
        rows=person_rows(found["items"], people, reach, deliveries, opinions) if found else (),
        refusals=tuple(_refusals(opinions, people)) if kind == "no" else (),
        next_path=_people_path(listing_id, kind=kind, cursor=cursor) if cursor else None,
        is_first_page=not page.filter.cursor,
        unavailable=_unavailable(page.matches, page.counts, page.deliveries, page.people),
    )


def questions(listing: Listing, answer: Iterable[OpenQuestion] | Unavailable) -> Questions:
    """What to ask the owner, without what was answered since matching last heard of the listing."""
    if isinstance(answer, Unavailable):
        return Questions(listing["id"], unavailable=answer)
    answered = {*listing["features"], *listing["features_absent"]}
    answered |= {name for name, value in listing.items() if value is not None}
    asked = (
        Question(listing["id"], each["about"], field_of(each["about"]), each["waiting"], each["wishing"])
        for each in answer
    )
    return Questions(listing["id"], tuple(each for each in asked if not {each.about, each.field} & answered))


def demand(listing_id: str, answer: Demand | Unavailable | None) -> DeferredPart[DemandChart]:
    """The demand chart; nothing for a listing without a price."""
    return DeferredPart(demand_path(listing_id), demand_chart(answer), _failure(answer))


def similar(listing_id: str, answer: list[SimilarListing] | Unavailable) -> DeferredPart[list[SimilarListing]]:
    """The similar homes; nothing where there are none."""
    found = None if isinstance(answer, Unavailable) else answer
    return DeferredPart(similar_path(listing_id), found or None, _failure(answer))


def prices(listing_id: str, history: list[HistoryEntry] | Unavailable) -> DeferredPart[PriceHistoryChart]:
    """The chart of the prices so far; nothing for a listing that never had one."""
    return DeferredPart(listing_path(listing_id), price_history_chart(history), _failure(history))


def demand_path(listing_id: str) -> str:
    """Where the demand comes from."""
    return f"{listing_path(listing_id)}/demand"


def similar_path(listing_id: str) -> str:
    """Where the similar homes come from."""
    return f"{listing_path(listing_id)}/similar"


def _tabs(listing_id: str, counts: MatchCounts | Unavailable) -> tuple[Tab, ...]:
    known = None if isinstance(counts, Unavailable) else counts
    tabs = (
        ("match", kind_name("match"), known and known["match"]),
        ("possible", kind_name("possible"), known and known["possible"]),
        ("near", kind_name("near"), known and known["near"]),
        ("no", _("Said no"), known and known["discarded"]),
    )
    return tuple(Tab(kind, text, _people_path(listing_id, kind=kind), count) for kind, text, count in tabs)


def _refusals(opinions: Iterable[Opinion], people: dict[str, Contact]) -> list[RefusalRow]:
    refused = [each for each in opinions if each["preference"] == "discard" and each["contact_id"] in people]
    refused.sort(key=lambda each: each["changed_at"], reverse=True)
    return [RefusalRow(people[each["contact_id"]], each) for each in refused]


def _unavailable(*answers: object) -> tuple[Unavailable, ...]:
    """Each service that did not answer, once."""
    return tuple({each.service: each for each in answers if isinstance(each, Unavailable)}.values())


def _failure(answer: object) -> Unavailable | None:
    return answer if isinstance(answer, Unavailable) else None


def _people_path(listing_id: str, **query: str) -> str:
    return f"{listing_path(listing_id)}/people?{urlencode(query)}"
