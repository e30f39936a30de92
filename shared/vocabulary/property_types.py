"""Types of homes: RESO PropertySubType in snake_case, and `garage`, which European agencies also sell alone."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

PROPERTY_TYPES = Subject(
    "property type",
    {
        "apartment": "flat",
        "single_family_residence": "detached house",
        "duplex": "semi-detached house",
        "townhouse": "terraced house",
        "unimproved_land": "plot of land",
        "office": "office",
        "retail": "shop",
        "garage": "garage",
        "condominium": "condominium",
        "triplex": "building of three flats",
        "quadruplex": "building of four flats",
        "multi_family": "block of flats",
        "stock_cooperative": "cooperative flat",
        "own_your_own": "individually owned flat",
        "co_ownership": "shared ownership",
        "tenancy_in_common": "tenancy in common",
        "timeshare": "timeshare",
        "cabin": "cabin",
        "manufactured_home": "prefabricated house",
        "manufactured_on_land": "prefabricated house with land",
        "mobile_home": "mobile home",
        "mobile_home_park": "mobile home park",
        "farm": "farm",
        "ranch": "equestrian property",
        "agriculture": "farmland",
        "warehouse": "warehouse",
        "industrial": "industrial building",
        "hotel_motel": "hotel",
        "business": "business",
        "mixed_use": "mixed-use building",
        "deeded_parking": "parking space",
        "boat_slip": "boat mooring",
    },
    nothing="home",
)
# The types that forms offer first; any other of the table can be typed.
USUAL_TYPES = ("apartment", "single_family_residence", "townhouse", "unimproved_land", "office", "retail", "garage")
