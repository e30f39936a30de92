"""The MongoDB rival: the same searches and listings behind 2dsphere indexes, the same predicates in its own words.

It says which match; scores, near ones and reasons it cannot say. Circles of searches are polygons of 32 corners, as
MongoDB indexes no circles; missing bounds are stored as open ones, which is kinder to it than asking about absence.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Any

from pymongo.collection import Collection

from services.matching.engine.records.areas import Shape
from services.matching.engine.records.facts import Search
from services.matching.engine.records.quantities import EARTH_RADIUS_KM
from tests.bench.cross_reference import records
from tests.bench.market import TYPES

CORNERS = 32
NO_LIMIT = 1e15
BEST = 50
Document = dict[str, Any]


def load_searches(rows: Collection[Document], size: int) -> float:
    """Store and index the market's searches; the seconds it took."""
    began = time.perf_counter()
    for at in ({"area": "2dsphere"}, {"postal_code": 1}, {"anywhere": 1}):
        more = [("list_price_max", 1), ("list_price_min", 1)]
        sparse = {} if "area" in at else {"partialFilterExpression": {next(iter(at)): {"$exists": True}}}
        rows.create_index([*at.items(), *more], **sparse)
    for wires in records.in_chunks(records.searches(size)):
        rows.insert_many([_search(wire) for wire in wires], ordered=False)
    return time.perf_counter() - began


def load_homes(rows: Collection[Document], size: int) -> None:
    """Store and index the market's listings."""
    rows.create_index([("location", "2dsphere"), ("list_price", 1)])
    rows.create_index([("postal_code", 1), ("list_price", 1)])
    for wires in records.in_chunks(records.homes(size)):
        rows.insert_many([{**wire, "_id": wire["id"], "location": _point(wire)} for wire in wires], ordered=False)


def searches_of(rows: Collection[Document], home: Document) -> list[Document]:
    """The searches that a listing meets."""
    here = {"$geoIntersects": {"$geometry": _point(home)}}
    query = {
        "$or": [{"area": here}, {"postal_code": home["postal_code"]}, {"anywhere": True}],
        "transaction": home["transaction"],
        "list_price_min": {"$lte": home["list_price"]},
        "list_price_max": {"$gte": home["list_price"]},
        "bedrooms_min": {"$lte": home["bedrooms_total"]},
        "bathrooms_min": {"$lte": home["bathrooms_total"]},
        "living_area_min": {"$lte": home["living_area"]},
        "property_sub_types": home["property_sub_type"],
        "must_have": {"$not": {"$elemMatch": {"$nin": home["features"]}}},
    }
    return list(rows.find(query, {"_id": 1}))


def homes_of(rows: Collection[Document], wish: Document, search: Search) -> list[Document]:
    """The 50 cheapest listings that meet a search: an order that MongoDB knows, in place of the score."""
    price = {"$lte": wish["list_price_max"], "$gte": wish.get("list_price_min", 0)}
    query: Document = {"transaction": "sale", "list_price": price, **_where(wish, search)}
    for fact, bound in (("bedrooms_total", "bedrooms_min"), ("bathrooms_total", "bathrooms_min")):
        query[fact] = {"$gte": wish.get(bound, 0)}
    query["living_area"] = {"$gte": wish.get("living_area_min", 0)}
    if "property_sub_types" in wish:
        query["property_sub_type"] = {"$in": wish["property_sub_types"]}
    if "must_have" in wish:
        query["features"] = {"$all": wish["must_have"]}
    return list(rows.find(query, {"_id": 1}).sort("list_price", 1).limit(BEST))


def _where(wish: Document, search: Search) -> Document:
    if not wish["areas"]:
        return {}
    kind, body = next(iter(wish["areas"][0].items()))
    if kind == "place":
        return {"postal_code": body["postal_code"]}
    if isinstance(search.areas[0], Shape):
        return {"location": {"$geoWithin": {"$geometry": body}}}
    circle = [[body["longitude"], body["latitude"]], body["radius_km"] / EARTH_RADIUS_KM]
    return {"location": {"$geoWithin": {"$centerSphere": circle}}}


def _search(wire: Document) -> Document:
    open_bounds = {"list_price_min": 0, "bathrooms_min": 0, "living_area_min": 0, "must_have": []}
    document = {**open_bounds, "property_sub_types": TYPES, **wire, "_id": wire["id"]}
    areas = document.pop("areas")
    if not areas:
        return document | {"anywhere": True}
    kind, body = next(iter(areas[0].items()))
    if kind == "place":
        return document | body
    return document | {"area": body if kind == "polygon" else _circle(body)}


def _circle(body: Document) -> Document:
    ring = list(_corners(body["latitude"], body["longitude"], body["radius_km"]))
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _corners(latitude: float, longitude: float, radius: float) -> Iterator[list[float]]:
    reach = math.degrees(radius / EARTH_RADIUS_KM)
    for corner in range(CORNERS):
        turn = 2 * math.pi * corner / CORNERS
        wide = reach * math.cos(turn) / math.cos(math.radians(latitude))
        yield [longitude + wide, latitude + reach * math.sin(turn)]


def _point(home: Document) -> Document:
    return {"type": "Point", "coordinates": [home["longitude"], home["latitude"]]}
