"""Matches of a home with a saved search, and people's opinions of homes."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

MATCH_KINDS = Subject(
    "match kind",
    {"match": "match", "possible": "possible", "near": "near", "none": "no match"},
    plurals={"match": "matches", "possible": "possible", "near": "near"},
)
# Why a pair matches now: `entered_by` of matching.matches.found and of a delivery.
MATCH_ENTRIES = Subject(
    "entry reason of a match",
    {
        "new": "new home",
        "price": "new price",
        "criteria": "now fits",
        "status": "back on the market",
        "letter": "personal e-mail",
    },
)
# Why a pair no longer matches: `why` of matching.matches.lost.
MATCH_LOSSES = Subject(
    "reason of a lost match",
    {"listing_changed": "the listing changed", "search_changed": "the wishes changed", "discarded": "refused"},
)
PREFERENCES = Subject("opinion of a home", {"favorite": "favourite", "possibility": "maybe", "discard": "no thanks"})
# Why a person discards a home.
REFUSAL_REASONS = Subject(
    "reason for saying no",
    {
        "too_expensive": "too expensive",
        "too_small": "too small",
        "too_large": "too large",
        "location": "the location",
        "noise": "too noisy",
        "floor": "the floor",
        "layout": "the layout",
        "condition": "the condition",
        "too_dark": "too dark",
        "missing_feature": "something is missing",
        "unwanted_feature": "something unwanted",
        "fees": "the running costs",
        "already_seen": "seen before",
        "found_elsewhere": "found another home",
        "other": "another reason",
    },
    nothing="no reason given",
)
