"""The collections of matching and their indexes."""

from __future__ import annotations

from pymongo import IndexModel

_BEST = [("score", -1), ("confidence", -1), ("_id", 1)]
INDEXES = {
    "searches": [
        IndexModel([("agency_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("contact_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("vocabulary", 1)]),
    ],
    "listings": [IndexModel([("agency_id", 1), ("_id", -1)]), IndexModel([("agency_id", 1), ("vocabulary", 1)])],
    "contacts": [],
    "agencies": [],
    "matches": [
        # only one index a side, for its pages, counts and sweeps, since every row is written into each index
        IndexModel([("agency_id", 1), ("listing_id", 1), ("listing_sequence", 1), ("kind", 1), *_BEST]),
        IndexModel([("agency_id", 1), ("saved_search_id", 1), ("search_sequence", 1), ("kind", 1), *_BEST]),
    ],
    "crossings": [IndexModel([("agency_id", 1), ("due", 1)])],
    "contact_listings": [
        IndexModel([("agency_id", 1), ("contact_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("listing_id", 1)]),
    ],
    "vocabularies": [IndexModel([("pending", 1), ("due", 1)])],
    "towns": [],
}
