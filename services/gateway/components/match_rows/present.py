"""Rows of matches: their person, the reasons, and earlier mails and opinions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Flask

from services.gateway.components.beam.present import BeamPart, beam
from services.gateway.components.deliveries.present import latest_by
from services.gateway.components.reachability.present import Reach
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import Match, MatchCounts, Opinion, Reason
from services.gateway.upstream.notifications import Delivery
from services.gateway.web.language import language
from services.gateway.web.vocabulary import word_of
from shared.vocabulary.matches import MATCH_KINDS, REFUSAL_REASONS
from shared.vocabulary.wording import counted

# Reasons in the order in which people weigh them; what is not named here stands between these and the kind of home.
WEIGHTIEST = ("price", "location", "feature.must_have", "feature.strong", "living_area", "bedrooms", "feature")


@dataclass(frozen=True)
class PersonRow:
    """A person whose search a listing matches, with the person's best match."""

    match: Match
    person: Contact
    reach: Reach
    last_delivery: Delivery | None = None
    opinion: Opinion | None = None
    other_searches: int = 0

    @property
    def contact_id(self) -> str:
        """The person."""
        return self.person["id"]

    @property
    def beam(self) -> list[BeamPart]:
        """How well each group of criteria is met."""
        return beam(self.match)

    @property
    def preference(self) -> str | None:
        """The person's opinion of the home."""
        return self.opinion["preference"] if self.opinion else None

    @property
    def said_at(self) -> str | None:
        """When the opinion was given."""
        return self.opinion["changed_at"] if self.opinion else None


def person_rows(
    matches: Iterable[Match],
    people: Mapping[str, Contact],
    reach: Mapping[str, Reach],
    deliveries: Iterable[Delivery] = (),
    opinions: Iterable[Opinion] = (),
) -> tuple[PersonRow, ...]:
    """A row for each person with their best match; matches come best first, deliveries newest first.

    `people` and `reach` are by contact; those who are not among `people` (erased meanwhile) have no row.
    """
    matches = list(matches)
    sent = latest_by(deliveries, "contact_id")
    said = {opinion["contact_id"]: opinion for opinion in opinions}
    searches = [match["contact_id"] for match in matches]
    return tuple(
        PersonRow(match, people[key], reach[key], sent.get(key), said.get(key), searches.count(key) - 1)
        for key, match in latest_by(matches, "contact_id").items()
        if key in people
    )


def weightiest(reasons: Iterable[Reason]) -> list[Reason]:
    """Reasons in the order in which people weigh them: price, place, what had to be there, sizes, the rest, kind."""

    def rank(reason: Reason) -> int:
        if reason["code"].startswith("property_sub_type"):
            return len(WEIGHTIEST) + 1
        return next((at for at, code in enumerate(WEIGHTIEST) if reason["code"].startswith(code)), len(WEIGHTIEST))

    return sorted(reasons, key=rank)


def counts_in_words(counts: MatchCounts) -> list[tuple[int, str]]:
    """How many matches there are of each kind, with the word beside that number."""
    numbers = {"match": counts["match"], "possible": counts["possible"], "near": counts["near"]}
    return [(number, counted(MATCH_KINDS, kind, number, language())) for kind, number in numbers.items()]


def refusal_name(reason: str | None) -> str:
    """Why a person discarded a home."""
    return word_of(REFUSAL_REASONS, reason)


def register(app: Flask) -> None:
    """Give the templates the order of reasons and the names of refusals."""
    app.jinja_env.filters.update(weightiest=weightiest, refusal_name=refusal_name)
