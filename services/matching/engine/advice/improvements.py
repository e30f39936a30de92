"""Improvements of one pair: for each missed criterion, a change of the listing or of the search that makes it pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.matching.engine.criteria import PASS, UNKNOWN, Criterion
from services.matching.engine.records.numeric import NUMERIC_BY_NAME

# Pairs that miss more criteria than this get no improvements.
MOST_MISSING = 3
LISTING, SEARCH = "listing", "search"
# Every code that an improvement may have.
IMPROVEMENTS = (
    *("state_fact", "lower_price", "raise_budget", "lower_bound", "raise_bound"),
    *("drop_must_have", "accept_feature"),
)


@dataclass(frozen=True)
class Improvement:
    """One change that makes one criterion pass; `side` says whether the listing or the search changes. A change of
    the search has the `patch` that makes it, another price has its `price`.
    """

    code: str
    side: str
    criterion: str
    figures: dict[str, Any]  # JSON numbers and words, of names that depend on the code
    patch: dict[str, Any] | None = None
    price: float | None = None


def missing_criteria(criteria: Iterable[Criterion]) -> list[Criterion]:
    """The hard criteria that a pair does not pass."""
    return [criterion for criterion in criteria if criterion.hard and criterion.state != PASS]


def improvements(criteria: Iterable[Criterion], resolved: Mapping[str, Any]) -> list[Improvement]:
    """The changes that make every missed criterion pass; empty where one of them has none.

    `resolved` is how the search's words were interpreted. With several missed criteria one change of each is needed.
    """
    missing = missing_criteria(criteria)
    if len(missing) > MOST_MISSING:
        return []
    remedies = [_remedies(criterion, resolved) for criterion in missing]
    return [one for some in remedies for one in some] if all(remedies) else []


def _remedies(criterion: Criterion, resolved: Mapping[str, Any]) -> list[Improvement]:
    if criterion.state == UNKNOWN:
        return [_fact_to_state(criterion)]
    if criterion.name == "price":
        return _other_price(criterion)
    if criterion.name in NUMERIC_BY_NAME:
        return [_moved_bound(criterion)]
    part, _, word = criterion.name.partition(".")
    if part in ("must_have", "wont_accept"):
        code = "drop_must_have" if part == "must_have" else "accept_feature"
        patch = {part: [one["typed"] for one in resolved[part] if one["key"] != word]}
        return [Improvement(code, SEARCH, criterion.name, {"feature": word}, patch)]
    return []


def _fact_to_state(criterion: Criterion) -> Improvement:
    about = criterion.name.rpartition(".")[2]
    field = NUMERIC_BY_NAME[about].fact if about in NUMERIC_BY_NAME else about
    return Improvement("state_fact", LISTING, criterion.name, {"about": about, "field": field})


def _other_price(criterion: Criterion) -> list[Improvement]:
    """Lower the price to the budget or raise the budget to the price, where both are in one currency."""
    wanted, found = criterion.wanted, criterion.found
    price, most, currency = found["amount"], wanted["max"], wanted["currency"]
    if price is None or most is None or price <= most or currency != found["currency"]:
        return []
    lower = {"price": most, "currency": currency}
    higher = {"amount": price, "currency": currency}
    return [
        Improvement("lower_price", LISTING, criterion.name, lower, price=most),
        Improvement("raise_budget", SEARCH, criterion.name, higher, patch={"list_price_max": price}),
    ]


def _moved_bound(criterion: Criterion) -> Improvement:
    """Move a bound of the search to the listing's figure."""
    fields, found = NUMERIC_BY_NAME[criterion.name], criterion.found
    least, most = criterion.wanted["min"], criterion.wanted["max"]
    is_below = least is not None and found < least
    code, field, wanted = ("lower_bound", fields.low, least) if is_below else ("raise_bound", fields.high, most)
    figures = {"wanted": wanted, "found": found}
    return Improvement(code, SEARCH, criterion.name, figures, patch={str(field): found})
