"""The definition of a match: evaluates one search against one listing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

from services.matching.engine.criteria import (
    FAIL,
    FULL,
    NEAR,
    UNKNOWN,
    Criterion,
    features,
    gates,
    kind_of_home,
    location,
    numbers,
)
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import World

KINDS = ("none", "near", "possible", "match")
WEIGHT = {"price": 30, "location": 30, "size": 20, "features": 15, "type": 5}
_GROUP = {"price": "price", "location": "location", "property_sub_type": "type"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for one pair: kind, score and confidence 0-100, and every stated criterion."""

    kind: str
    score: int
    confidence: int
    criteria: tuple[Criterion, ...]

    def to_wire(self) -> dict[str, Any]:
        """The verdict as the API shows it."""
        criteria = [criterion.to_wire() for criterion in self.criteria]
        return {"kind": self.kind, "score": self.score, "confidence": self.confidence, "criteria": criteria}


class BeamSegment(TypedDict):
    """One group of a score as it is drawn; see `beam`."""

    name: str
    weight: int
    share: float
    known: float
    state: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Points 0-1000 of what is known (None when nothing is), and the known share 0-1000 of what is stated."""

    weight: int
    points: int | None
    known: int


def evaluate(search: Search, listing: Listing, world: World) -> Verdict:
    """The verdict of one pair; pure. Every index and page must agree with it."""
    criteria = criteria_of(search, listing, world)
    kind = kind_of(criteria)
    if kind == "none":
        return Verdict(kind, 0, 0, criteria)
    groups = list(_groups(criteria))
    return Verdict(kind, _score(groups), _confidence(groups), criteria)


def criteria_of(search: Search, listing: Listing, world: World) -> tuple[Criterion, ...]:
    """Every closed gate, then every stated criterion."""
    return (
        *gates(search, listing, world),
        *numbers(search, listing, world),
        *location(search, listing),
        *kind_of_home(search, listing),
        *features(search, listing),
    )


def beam(criteria: Iterable[Criterion]) -> list[BeamSegment]:
    """The score by group, in an order that never changes; `share` and `known` are fractions of the weight, 0 to 1.

    `share` is what the known facts earn of it, `known` how much of what is stated is known; `state` is the worst of
    the group's hard criteria.
    """
    members = _stated(criteria)
    return [_segment(name, members[name]) for name in WEIGHT if name in members]


def most_points(criteria: Iterable[Criterion]) -> dict[str, float]:
    """The most points of 100 that each criterion can earn: its part of its group's weight; closed gates earn none."""
    members = _stated(criteria)
    whole = sum(WEIGHT[group] for group in members)
    points: dict[str, float] = {}
    for group, stated in members.items():
        weights = {each.name: each.weight if group == "features" else 1 for each in stated}
        room = 100 * WEIGHT[group] / whole / sum(weights.values())
        points |= {name: weight * room for name, weight in weights.items()}
    return points


def _stated(criteria: Iterable[Criterion]) -> dict[str, list[Criterion]]:
    """The criteria of each group, without the gates, which have no points."""
    members: dict[str, list[Criterion]] = {}
    for criterion in criteria:
        if criterion.points is not None or criterion.state == UNKNOWN or group_of(criterion.name) != "size":
            members.setdefault(group_of(criterion.name), []).append(criterion)
    return members


def _segment(name: str, stated: list[Criterion]) -> BeamSegment:
    group = _features(stated) if name == "features" else _counted(WEIGHT[name], stated)
    hard = {criterion.state for criterion in stated if criterion.hard}
    state = next((state for state in (FAIL, NEAR, UNKNOWN) if state in hard), "pass")
    share, known = (group.points or 0) / FULL, group.known / FULL
    return {"name": name, "weight": group.weight, "share": share, "known": known, "state": state}


def kind_of(criteria: Iterable[Criterion]) -> str:
    """Any fail, two near, or near with unknown is none; else near, possible or match."""
    states = [criterion.state for criterion in criteria if criterion.hard]
    near, unknown = states.count(NEAR), states.count(UNKNOWN)
    if FAIL in states or near > 1 or (near and unknown):
        return "none"
    return "near" if near else "possible" if unknown else "match"


def _groups(criteria: Iterable[Criterion]) -> Iterable[_Group]:
    members: dict[str, list[Criterion]] = {}
    for criterion in criteria:
        members.setdefault(group_of(criterion.name), []).append(criterion)
    for group, stated in members.items():
        yield _features(stated) if group == "features" else _counted(WEIGHT[group], stated)


def group_of(name: str) -> str:
    """The weighted group that a criterion belongs to."""
    return "features" if "." in name else _GROUP.get(name, "size")


def _counted(weight: int, stated: list[Criterion]) -> _Group:
    known = [criterion.points for criterion in stated if criterion.points is not None]
    points = sum(known) // len(known) if known else None
    return _Group(weight, points, FULL * len(known) // len(stated))


def _features(stated: list[Criterion]) -> _Group:
    known = sum(criterion.weight for criterion in stated if criterion.points is not None)
    satisfied = sum(criterion.weight for criterion in stated if criterion.points)
    share = FULL * known // sum(criterion.weight for criterion in stated)
    return _Group(WEIGHT["features"], FULL * satisfied // known if known else None, share)


def _score(groups: list[_Group]) -> int:
    known = [(group.weight, group.points) for group in groups if group.points is not None]
    weights = sum(weight for weight, _ in known)
    return (sum(weight * points for weight, points in known) + 5 * weights) // (10 * weights) if known else 0


def _confidence(groups: list[_Group]) -> int:
    weights = sum(group.weight for group in groups)
    return (sum(group.weight * group.known for group in groups) + 5 * weights) // (10 * weights) if groups else 0
