"""An explanation as it is shown: both sides, the verdict in a few sentences, criteria, gates, ways to a match, map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from services.gateway.components.beam.present import BeamPart, beam
from services.gateway.components.map.pins import pin
from services.gateway.components.people.path import contact_path
from services.gateway.components.reachability.present import Reach, reach_by_contact
from services.gateway.pages.explain.criteria import CriterionRow, criterion_rows
from services.gateway.pages.explain.gates import Gates, gates
from services.gateway.pages.explain.improvements import Ways, ways_to_a_match
from services.gateway.pages.explain.read import PairAnswer, SideAnswer
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import Explanation, ListingSummary, Match, SavedSearch
from services.gateway.upstream.properties import Listing
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import home_name

SOFT = ("feature.strong", "feature.would", "feature.might")


@dataclass(frozen=True)
class Sides:
    """The person with their wishes and the home, as far as they are chosen."""

    search: SavedSearch | None = None
    person: Contact | None = None
    listing: Listing | ListingSummary | None = None

    @property
    def listing_text(self) -> str:
        """The home as the field names it: its name and the agency's reference."""
        return listing_text(self.listing) if self.listing else ""


@dataclass(frozen=True)
class Offer:
    """The best of the other side: a home or a person, and where the pair is explained."""

    match: Match
    text: str

    @property
    def path(self) -> str:
        """Where the pair is explained."""
        pair = {"saved_search_id": self.match["saved_search_id"], "listing_id": self.match["listing_id"]}
        return f"/explain?{urlencode(pair)}"

    @property
    def beam(self) -> list[BeamPart]:
        """How well each group of criteria is met."""
        return beam(self.match)


@dataclass(frozen=True)
class PairMap:
    """What the map draws: the areas wanted, and the home where its place is known."""

    areas: Sequence[Mapping[str, Any]]  # shapes and pins as the map's script reads them
    homes: Sequence[Mapping[str, Any]]  # the same

    @property
    def shown(self) -> dict[str, object]:
        """The map's data; nobody draws on this map."""
        return {"areas": self.areas, "homes": self.homes, "isFixed": True}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.areas or self.homes)


@dataclass(frozen=True)
class Verdict:
    """The verdict on one pair."""

    pair: Explanation
    beam: Sequence[BeamPart]
    summary: Sequence[str]
    hard: Sequence[CriterionRow]
    soft: Sequence[CriterionRow]
    gates: Gates
    ways: Ways
    map: PairMap
    reach: Reach | None

    @property
    def call_path(self) -> str:
        """The dialog for a call about the home."""
        listing = {"listing_id": self.pair["listing_id"]}
        return f"{contact_path(self.pair['contact_id'] or '')}/calls?{urlencode(listing)}"

    @property
    def letter_path(self) -> str:
        """The dialog for a letter about the home; empty where no mail may be written."""
        if not (self.reach and self.reach.by_mail):
            return ""
        query = {"listing_id": self.pair["listing_id"], "contact_id": self.pair["contact_id"]}
        return f"/letters/new?{urlencode(query)}"


@dataclass(frozen=True)
class ExplainPage:
    """The page: both sides, then the verdict, or offers where only one side is chosen."""

    sides: Sides
    verdict: Verdict | None = None
    offers: Sequence[Offer] = field(default_factory=tuple)


def listing_text(listing: Listing | ListingSummary) -> str:
    """A home's name and the agency's reference."""
    return ", ".join(filter(None, (home_name(listing), listing["listing_id"])))


def pair_page(answer: PairAnswer, zone: str) -> ExplainPage:
    """The page of one pair."""
    shown = gates(answer.pair["gates"], answer.sendability, zone)
    verdict = Verdict(
        pair=answer.pair,
        beam=beam(answer.pair),
        summary=summary(answer.pair, may_go=shown.are_open, can_call=_may_be_called(answer)),
        hard=criterion_rows(answer.pair, hard=True),
        soft=criterion_rows(answer.pair, hard=False),
        gates=shown,
        ways=ways_to_a_match(answer.improvements),
        map=_map(answer),
        reach=_reach(answer),
    )
    return ExplainPage(Sides(answer.search, answer.person, answer.listing), verdict)


def side_page(answer: SideAnswer) -> ExplainPage:
    """The page with one side, or none, and the best of the other."""
    sides = Sides(answer.search, answer.person, answer.listing)
    if answer.search:
        offers = [Offer(each, listing_text(each["listing"])) for each in answer.offers if "listing" in each]
    else:
        people = answer.people or {}
        named = [(each, people.get(each["contact_id"] or "")) for each in answer.offers]
        offers = [Offer(each, person["full_name"]) for each, person in named if person]
    return ExplainPage(sides, offers=offers)


def summary(pair: Explanation, *, may_go: bool, can_call: bool) -> list[str]:
    """The verdict in two or three sentences, the reason first."""
    misses = "; ".join(each["text"] for each in pair["misses"] if not each["code"].startswith(SOFT))
    unknowns = "; ".join(each["text"] for each in pair["unknowns"] if not each["code"].startswith(SOFT))
    known = {
        "match": [_("Everything required is there.")],
        "near": [_("One thing does not fit: %(miss)s.") % {"miss": misses}, _("Everything else required is there.")],
        "possible": [_("Nothing rules it out, but: %(open)s.") % {"open": unknowns}],
    }
    none = _("They do not match: %(miss)s.") % {"miss": misses} if misses else _("They do not match.")
    sentences = known.get(pair["kind"], [none])
    if may_go:
        return [*sentences, _("An alert can be sent.")]
    call = can_call and pair["kind"] != "none"
    return [*sentences, _("No alert can be sent; call instead.") if call else _("No alert can be sent.")]


def _reach(answer: PairAnswer) -> Reach | None:
    """How the person may be reached; None for somebody who is not there any more."""
    if not answer.person:
        return None
    return reach_by_contact([answer.person["id"]], answer.reachability)[answer.person["id"]]


def _may_be_called(answer: PairAnswer) -> bool:
    """Whether notifications permits a call; False while it does not answer."""
    return not isinstance(answer.reachability, Unavailable) and any(each["phone"] for each in answer.reachability)


def _map(answer: PairAnswer) -> PairMap:
    """The areas that are drawn, and the home where its place is known."""
    areas = (answer.search.get("areas") if answer.search else None) or []
    drawn = [area for area in areas if "place" not in area]
    home = pin(answer.listing, "near" if answer.pair["kind"] == "near" else "fits")
    return PairMap([{"key": str(at), **area} for at, area in enumerate(drawn)], [home] if home else [])
