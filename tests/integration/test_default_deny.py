"""A prospect's token opens what is listed here and nothing else, and there only what is that prospect's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.running.services import SERVICES
from tests.integration.rooms import Room, open_room

ME, OTHER, AGENCY = "me", "other", "agency-a"
WORD = {"purpose": "alerts", "channel": "email", "state": "withdrawn", "source": "test"}
WISH = {"transaction": "sale", "list_price_max": 300_000, "currency": "EUR"}
HOME = {"transaction": "sale", "list_price": 300_000, "currency": "EUR", "city": "Koper"}
FIRST = {"If-Match": '"1"'}

# What a prospect may call, and the call by which the test tries to reach something that is not theirs: 404 each.
Call = tuple[str, dict[str, Any]]
OPEN: dict[str, dict[tuple[str, str], Call]] = {
    "leads": {
        ("GET", "/v1/contacts/<contact_id>/self"): ("/v1/contacts/{other}/self", {}),
        ("PATCH", "/v1/contacts/<contact_id>/self"): (
            "/v1/contacts/{other}/self",
            {"json": {"language": "sl"}, "headers": FIRST},
        ),
        ("POST", "/v1/contacts/<contact_id>/erasure"): ("/v1/contacts/{other}/erasure", {"json": {}}),
        ("POST", "/v1/contacts/<contact_id>/consents"): ("/v1/contacts/{other}/consents", {"json": WORD}),
        ("GET", "/v1/contacts/<contact_id>/consents"): ("/v1/contacts/{other}/consents", {}),
        ("GET", "/v1/contacts/<contact_id>/consents/current"): ("/v1/contacts/{other}/consents/current", {}),
    },
    "properties": {("GET", "/v1/listings/<listing_id>/public"): ("/v1/listings/{hidden}/public", {})},
    "matching": {
        ("POST", "/v1/saved-searches"): ("/v1/saved-searches", {"json": WISH | {"contact_id": OTHER}}),
        ("GET", "/v1/saved-searches/<saved_search_id>"): ("/v1/saved-searches/{search}", {}),
        ("PATCH", "/v1/saved-searches/<saved_search_id>"): (
            "/v1/saved-searches/{search}",
            {"json": {"alerts": "off"}, "headers": FIRST},
        ),
        ("DELETE", "/v1/saved-searches/<saved_search_id>"): ("/v1/saved-searches/{search}", {}),
        ("GET", "/v1/saved-searches/<saved_search_id>/matches"): ("/v1/saved-searches/{search}/matches", {}),
        ("GET", "/v1/saved-searches/<saved_search_id>/match-counts"): ("/v1/saved-searches/{search}/match-counts", {}),
        ("GET", "/v1/saved-searches/<saved_search_id>/suggestions"): ("/v1/saved-searches/{search}/suggestions", {}),
        ("GET", "/v1/explain"): ("/v1/explain?saved_search_id={search}&listing_id=open", {}),
        ("GET", "/v1/listings/<listing_id>/similar"): ("/v1/listings/hidden/similar", {}),
        ("PUT", "/v1/contacts/<contact_id>/listings/<listing_id>"): (
            "/v1/contacts/{other}/listings/open",
            {"json": {"preference": "favorite"}},
        ),
        ("GET", "/v1/contacts/<contact_id>/listings/<listing_id>"): ("/v1/contacts/{other}/listings/open", {}),
        ("GET", "/v1/contacts/<contact_id>/listings"): ("/v1/contacts/{other}/listings", {}),
    },
}
# Their answers speak of the caller alone, whatever is asked, or of words that are everybody's.
OWN_ANYWAY = {
    "matching": {
        ("GET", "/v1/saved-searches"),
        ("POST", "/v1/saved-searches/preview"),
        ("GET", "/v1/words"),
        ("GET", "/v1/places"),
    },
}


@pytest.fixture(scope="module", params=SERVICES)
def room(
    request: pytest.FixtureRequest,
    mongo_url: str,
    module_mongo_prefix: str,
    module_amqp_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Room]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    keys = {"signing_key_file": str(folder / "signing.json")} if request.param == "gateway" else {}
    found = open_room(request.param, folder, mongo_url, module_mongo_prefix, module_amqp_url, **keys)
    with found.serving():
        yield found


def call(room: Room, method: str, path: str, **options: Any) -> Any:
    """A call with the prospect's token."""
    headers = room.issuer.headers("prospect", AGENCY, contact_id=ME, sub=ME) | options.pop("headers", {})
    return room.client.open(path, method=method, headers=headers, **options)


def routes(room: Room) -> list[tuple[str, str]]:
    """Every call of the service that asks for a token."""
    app = room.client.application
    return [
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if getattr(app.view_functions[rule.endpoint], "policy", None) is not None
    ]


def some_path(rule: str) -> str:
    """A path of this rule."""
    return "/".join("x" if part.startswith("<") else part for part in rule.split("/"))


def others(room: Room) -> dict[str, str]:
    """What belongs to somebody else, or is not shown yet."""
    if room.name == "leads":
        made = [room.call("POST", "/v1/contacts", json=person(name)) for name in (ME, OTHER)]
        return {"other": made[1].json["id"]}
    if room.name == "properties":
        made = room.call("POST", "/v1/listings", json=HOME | {"standard_status": "coming_soon"})
        return {"hidden": made.json["id"]}
    if room.name == "matching":
        return {"other": OTHER, "search": a_search(room, OTHER)}
    return {}


def person(name: str) -> dict[str, str]:
    return {"full_name": name, "language": "en", "time_zone": "Europe/Madrid"}


def a_search(room: Room, contact_id: str) -> str:
    for name in (ME, OTHER):
        facts = {"language": "en", "time_zone": "Europe/Madrid", "stage": "active", "agent_member_id": None}
        room.hear("leads.contact.changed", name, facts)
    for name, status in (("open", "active"), ("hidden", "coming_soon")):
        room.hear("properties.listing.changed", name, HOME | {"id": name, "standard_status": status})
    made = room.call("POST", "/v1/saved-searches", json=WISH | {"contact_id": contact_id})
    assert made.status_code == 201, made.json
    return str(made.json["id"])


def test_what_is_not_listed_here_refuses_prospects(room: Room) -> None:
    listed = {*OPEN.get(room.name, {}), *OWN_ANYWAY.get(room.name, set())}
    found = {route: call(room, route[0], some_path(route[1])).status_code for route in routes(room)}
    assert len(found) > 2
    assert {route for route, status in found.items() if status != 403} == listed


def test_what_is_somebody_elses_is_not_there(room: Room) -> None:
    theirs = others(room)
    before = {name: room.db[name].count_documents({}) for name in room.db.list_collection_names()}
    tried = {
        route: call(room, route[0], path.format(**theirs), **options).status_code
        for route, (path, options) in OPEN.get(room.name, {}).items()
    }
    assert tried == dict.fromkeys(tried, 404)
    assert {name: room.db[name].count_documents({}) for name in before} == before


@pytest.mark.parametrize("room", ["matching"], indirect=True)
def test_lists_of_wishes_are_the_callers_own_whatever_is_asked(room: Room) -> None:
    mine, theirs = a_search(room, ME), a_search(room, OTHER)
    listed = call(room, "GET", f"/v1/saved-searches?contact_id={OTHER}").json["items"]
    assert {each["id"] for each in listed} >= {mine}
    assert theirs not in {each["id"] for each in listed}
    assert {each["contact_id"] for each in listed} == {ME}


def test_a_prospects_token_of_another_agency_finds_nothing(room: Room) -> None:
    theirs = others(room)
    headers = room.issuer.headers("prospect", "agency-of-others", contact_id=theirs.get("other", ME), sub=OTHER)
    for (method, rule), (path, options) in OPEN.get(room.name, {}).items():
        if (method, rule) == ("POST", "/v1/saved-searches"):
            continue
        sent = options | {"headers": headers | options.get("headers", {})}
        answer = room.client.open(path.format(**theirs), method=method, **sent)
        assert answer.status_code == 404 or answer.json["items"] == [], rule


def test_a_prospects_token_without_a_contact_reaches_nobody(room: Room) -> None:
    headers = room.issuer.headers("prospect", AGENCY)
    theirs = others(room)
    for (method, rule), (path, options) in OPEN.get(room.name, {}).items():
        sent = options | {"headers": headers | options.get("headers", {})}
        assert room.client.open(path.format(**theirs), method=method, **sent).status_code in (403, 404), rule
