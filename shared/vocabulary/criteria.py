"""Criteria of a saved search: their names and states, the weights of features, the parts of a score."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

CRITERIA = Subject(
    "criterion",
    {
        "price": "price",
        "location": "location",
        "property_sub_type": "type",
        "bedrooms": "bedrooms",
        "bathrooms": "bathrooms",
        "living_area": "living area",
        "lot_size_area": "plot size",
        "year_built": "year of construction",
    },
)
CRITERION_STATES = Subject(
    "state of a criterion",
    {"pass": "fits", "near": "almost", "unknown": "not stated", "fail": "does not fit", "lacks": "missing"},
)
SCORE_PARTS = Subject(
    "part of a score",
    {"price": "price", "location": "location", "size": "size", "features": "features", "type": "type"},
)
FEATURE_WEIGHTS = Subject(
    "weight of a feature",
    {
        "must": "must have",
        "strong": "strong wish",
        "would": "would prefer",
        "might": "might like",
        "wont": "not acceptable",
    },
    nothing="does not matter",
)
SEARCH_STATUSES = Subject("status of a saved search", {"active": "active", "paused": "paused"})
ALERT_FREQUENCIES = Subject(
    "alert frequency", {"instant": "at once", "daily": "daily", "weekly": "weekly", "off": "off"}
)
# The alert conditions that the search itself sets; those of deliveries are beside them.
SEARCH_GATES = Subject(
    "condition of an alert in the wishes",
    {
        "search_active": "the wishes are in force",
        "search_valid": "the wishes have not expired",
        "alerts_on": "the wishes have alerts switched on",
        "kind_wanted": "alerts are wanted for this kind of match",
    },
)
# Changes that would make a pair a match, and whether the listing or the search changes.
IMPROVEMENTS = Subject(
    "improvement of a pair",
    {
        "state_fact": "complete the listing",
        "lower_price": "lower the price",
        "raise_budget": "raise the budget",
        "lower_bound": "lower the minimum",
        "raise_bound": "raise the maximum",
        "drop_must_have": "drop a must-have",
        "accept_feature": "accept a feature",
    },
)
IMPROVEMENT_SIDES = Subject("side of an improvement", {"listing": "listing", "search": "wishes"})
