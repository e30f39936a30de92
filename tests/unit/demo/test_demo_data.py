from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from itertools import product

import pytest
from shapely.geometry import Point, shape

from deploy.local.demo.homes import Home, homes_of
from deploy.local.demo.people import Person, people_of
from deploy.local.demo.wishes import Wish, wishes_of
from deploy.local.demo.world import Agency, agencies, town
from services.leads.addresses import normal_phone
from services.leads.schemas import ContactIn
from services.matching.engine.dictionary.places import shipped_places
from services.matching.engine.dictionary.words import shipped_words
from services.matching.engine.evaluate import Verdict, evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.resolution import resolve_listing, resolve_search
from services.matching.engine.world import World
from services.matching.schemas.searches import SavedSearchIn
from services.properties.model import TRANSITIONS
from services.properties.schemas import ListingIn
from shared.vocabulary.i18n import LANGUAGES

LARGE, SMALL = agencies()
EACH = pytest.mark.parametrize("agency", agencies(), ids=lambda agency: agency.key)
WORLD = World(date(2026, 1, 15))
# PTS (Malmö, mobile) and Ofcom (Bristol, mobile) keep these numbers for fiction.
RESERVED = re.compile(r"\+46(4062804\d\d|701740(60[5-9]|6[1-9]\d))|\+44(1174960\d{3}|7700900\d{3})")
CURRENCIES = {"ES": "EUR", "PT": "EUR", "SI": "EUR", "SE": "SEK", "GB": "GBP"}
Data = tuple[list[Home], list[Person], list[Wish]]
Pair = tuple[Home, Person, Wish, Verdict]


@lru_cache
def made(agency_key: str) -> Data:
    agency = next(agency for agency in agencies() if agency.key == agency_key)
    homes, people = homes_of(agency), people_of(agency)
    return homes, people, wishes_of(agency, homes, people)


@lru_cache
def pairs() -> list[Pair]:
    """Every pair of the large agency that meets, possibly meets or nearly meets."""
    homes, people, wishes = made(LARGE.key)
    listings = [Listing.from_wire(wire_of(home, number)) for number, home in enumerate(homes)]
    searches = [Search.from_wire(wish.body | {"id": f"s{number}"}) for number, wish in enumerate(wishes)]
    judged = (
        (home, people[wish.person], wish, evaluate(search, listing, WORLD))
        for (home, listing), (wish, search) in product(
            zip(homes, listings, strict=True), zip(wishes, searches, strict=True)
        )
    )
    return [pair for pair in judged if pair[3].kind != "none"]


def wire_of(home: Home, number: int) -> dict[str, object]:
    """The listing as it is once the demo data is in."""
    status = {"standard_status": home.becomes or home.body["standard_status"]}
    price = {"list_price": home.lowered_to} if home.lowered_to else {}
    return home.body | {"id": f"l{number}"} | status | price


@EACH
def test_everything_is_the_same_every_time(agency: Agency) -> None:
    homes, people, wishes = made(agency.key)
    assert homes_of(agency) == homes
    assert people_of(agency) == people
    assert wishes_of(agency, homes, people) == wishes
    assert (len(homes), len(people), len(wishes)) == (agency.listings, agency.people, agency.searches)


@EACH
def test_every_body_is_taken_by_its_service(agency: Agency) -> None:
    homes, people, wishes = made(agency.key)
    for home in homes:
        ListingIn().load(home.body)
    for person in people:
        ContactIn().load(person.body)
    for wish in wishes:
        SavedSearchIn().load(wish.body | {"contact_id": "c"})
        Search.from_wire(wish.body | {"id": "s"})


@EACH
def test_every_word_and_place_is_known(agency: Agency) -> None:
    homes, _, wishes = made(agency.key)
    known = shipped_places(), shipped_words()
    assert [warning for wish in wishes for warning in resolve_search(wish.body, *known)[1]] == []
    resolved = [resolve_listing(home.body, *known) for home in homes]
    words = [word for one in resolved for word in (*one["features"], *one["features_absent"], one["city"])]
    assert {word["by"] for word in words} <= {"exact", "alias"}


@EACH
def test_no_reference_and_no_name_of_a_persons_search_is_used_twice(agency: Agency) -> None:
    homes, people, wishes = made(agency.key)
    assert len({home.body["listing_id"] for home in homes}) == len(homes)
    assert len({(wish.person, wish.body["name"]) for wish in wishes}) == len(wishes)
    assert len({(person.body["email"], person.body["full_name"]) for person in people}) == len(people)
    assert max(Counter(wish.person for wish in wishes).values()) <= 3


@EACH
def test_nobody_real_can_be_reached(agency: Agency) -> None:
    _, people, _ = made(agency.key)
    staff = (agency.admin, *agency.members)
    addresses = [person.body["email"] for person in people] + [member["email"] for member in staff]
    assert all(re.search(r"@([a-z]+\.)?example\.com\Z", address) for address in addresses)
    phones = [who["phone"] for who in (*(person.body for person in people), *staff) if "phone" in who]
    assert [phone for phone in phones if not RESERVED.fullmatch(phone) or normal_phone(phone, None) != phone] == []


def test_homes_lie_in_five_countries_at_their_prices_and_in_their_districts() -> None:
    homes, _, _ = made(LARGE.key)
    assert Counter(home.body["country"] for home in homes) == dict.fromkeys(CURRENCIES, 40)
    for home in homes:
        body = home.body
        assert body["currency"] == (CURRENCIES[body["country"]] if body["list_price"] else None)
        if home.district.outline and body["latitude"]:
            outline = shape(home.district.polygon())
            assert outline.is_valid
            assert outline.distance(Point(body["longitude"], body["latitude"])) < 0.005
    sold = [home for home in homes if home.body["transaction"] == "sale" and home.body["list_price"]]
    metre = [
        home.body["list_price"] / home.body["living_area"] / town(home.town).sale_m2
        for home in sold
        if home.body["living_area"]
    ]
    assert 0.4 < min(metre) < 1 < max(metre) < 2.5


def test_homes_differ_in_kind_status_and_what_is_known() -> None:
    homes, _, _ = made(LARGE.key)
    assert len({home.body["property_sub_type"] for home in homes}) >= 6
    assert {home.body["transaction"] for home in homes} == {"sale", "lease"}
    later = Counter(home.becomes or home.body["standard_status"] for home in homes)
    assert {"coming_soon", "pending", "closed"} <= set(later)
    assert later["active"] > 140
    assert all(home.becomes is None or home.becomes in TRANSITIONS["active"] for home in homes)
    assert 10 <= sum(home.lowered_to is not None for home in homes) <= 40
    assert all(home.lowered_to < home.body["list_price"] for home in homes if home.lowered_to)
    for fact in ("year_built", "bathrooms_total", "latitude", "list_price"):
        assert any(home.body[fact] is None for home in homes)


def test_remarks_are_told_in_the_language_of_the_town_and_in_english() -> None:
    homes, _, _ = made(LARGE.key)
    assert {language for home in homes for language in home.body["public_remarks"]} == set(LANGUAGES)
    for home in homes:
        told = home.body["public_remarks"]
        assert set(told) == {town(home.town).language, "en"}
        assert all(len(text) > 80 and "{" not in text and "None" not in text for text in told.values())
    assert len({text for home in homes for text in home.body["public_remarks"].values()}) > 1.5 * len(homes)


def test_people_speak_five_languages_and_agree_to_different_things() -> None:
    _, people, wishes = made(LARGE.key)
    assert min(Counter(person.body["language"] for person in people)[language] for language in LANGUAGES) > 30
    agreed = Counter(person.agreed for person in people)
    assert agreed["all"] + agreed["alerts"] > 200
    assert min(agreed[word] for word in ("service", "none", "withdrawn")) >= 10
    alerts = Counter(wish.body["alerts"] for wish in wishes)
    assert 90 <= alerts["instant"] <= 140
    assert set(alerts) == {"instant", "daily", "weekly", "off"}
    assert {kind for wish in wishes for area in wish.body["areas"] for kind in area} == {"circle", "polygon", "place"}


def test_matches_near_misses_and_alerts_are_there_to_see() -> None:
    kinds = Counter(verdict.kind for *_, verdict in pairs())
    assert 500 <= kinds["match"] <= 1200
    assert 200 <= kinds["possible"] <= 900
    assert 150 <= kinds["near"] <= 500
    mailed = {
        (wish.person, home.body["listing_id"])
        for home, person, wish, verdict in pairs()
        if person.hears and wish.body["alerts"] == "instant" and is_told(wish, verdict)
    }
    assert 150 <= len(mailed) <= 600
    assert len({home.body["city"] for home, *_ in pairs()}) == 5


def is_told(wish: Wish, verdict: Verdict) -> bool:
    return verdict.kind == "match" or (verdict.kind == "possible" and wish.body["alert_possible"])
