"""The wishes editor over HTTP: every criterion there and back, faults beside what was typed, draft, drawing, saving."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from services.gateway.web.language import NAMES
from tests.integration.gateway.gateway_client import token_in
from tests.integration.gateway.services_world import ServicesWorld
from tests.integration.gateway.wish_form import EVERYTHING, Desk, blank, fields_of


@pytest.fixture
def desk(services_world: ServicesWorld) -> Desk:
    return Desk(services_world)


@pytest.mark.parametrize("language", NAMES)
def test_every_criterion_comes_back_from_the_form_as_it_was(desk: Desk, language: str) -> None:
    search = desk.services_world.wishes(desk.agency, desk.person, **EVERYTHING)
    before = desk.search(search)
    desk.browser.set_cookie("lintel-look", f"{language}.auto")
    page = desk.browser.get(f"/wishes/{search}").text
    assert f'<html lang="{language}"' in page
    answer = desk.post(f"/wishes/{search}", fields_of(page) | {"act": "save"})
    assert answer.status_code == 303, answer.text[-1500:]
    after = desk.search(search)
    assert after["version"] == before["version"] + 1
    assert {name: after[name] for name in EVERYTHING} == EVERYTHING


def test_new_wishes_are_kept_for_the_person_once(desk: Desk) -> None:
    path, fields = blank(desk)
    fields |= {"list_price_max": "310,000", "name": "Flat", "act": "save"}
    first, again = desk.post(path, fields), desk.post(path, fields)
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    kept = desk.search(first.location.rsplit("/", 1)[1])
    assert (kept["contact_id"], kept["list_price_max"], kept["name"]) == (desk.person, 310_000, "Flat")
    assert "Saved." in desk.browser.get(first.location).text


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"list_price_max": "much"}, "list_price_max", "This is not a number."),
        ({"list_price_min": "300000", "list_price_max": "200000"}, "list_price_max", "Swap them?"),
        ({"bedrooms_min": "2.5"}, "bedrooms_min", "Enter a whole number."),
        ({"living_area_min": "-4"}, "living_area_min", "Enter a number from 0 to"),
        ({"tolerance_percent": "51", "bedrooms_min": "2"}, "tolerance_percent", "Enter a number from 0 to 50."),
        ({"valid_until": "someday", "bedrooms_min": "2"}, "valid_until", "date"),
        ({"currency": "EUROS", "bedrooms_min": "2"}, "currency", ""),
    ],
)
def test_a_bad_field_comes_back_with_its_sentence_and_everything_typed(
    desk: Desk, typed: dict[str, str], field: str, sentence: str
) -> None:
    path, fields = blank(desk)
    fields |= typed | {"name": "Keep this", "word": ["garden"], "level": ["must"], "act": "save"}
    answer = desk.post(path, fields)
    assert answer.status_code == 422
    fault = re.search(rf'data-fault="{field}"(?! hidden)[^>]*>.*?<span>([^<]*)</span>', answer.text)
    assert fault, answer.text
    assert sentence in unescape(fault[1])
    again = fields_of(answer.text)
    assert {name: again[name] for name in ("name", "word", "level")} == {
        "name": ["Keep this"],
        "word": ["garden"],
        "level": ["must"],
    }
    assert {name: again[name][0] for name in typed} == typed


def test_wishes_that_decide_nothing_are_no_mistake_until_they_are_saved(desk: Desk) -> None:
    path, fields = blank(desk)
    assert 'role="alert"' not in desk.browser.get(path).text
    answer = desk.post(path, fields | {"act": "save"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_preview_tells_what_fits_and_keeps_nothing(desk: Desk) -> None:
    for price in (290_000, 300_000, 320_000):
        desk.services_world.home(desk.agency, list_price=price, latitude=36.5297, longitude=-6.2927)
    _path, fields = blank(desk)
    answer = desk.post("/wishes/preview", fields | {"list_price_max": "305,000"}, **{"X-Partial": "1"})
    assert answer.status_code == 200, answer.text
    assert "2 homes fit" in answer.text
    assert "Up to €305,000" in answer.text
    island = re.search(r"data-found>(.*?)</script>", answer.text)
    assert island
    kinds = sorted(home["kind"] for home in json.loads(island[1])["homes"])
    assert kinds == ["fits", "fits", "near"]
    listed = desk.services_world.rooms["matching"].call(
        "GET", f"/v1/saved-searches?contact_id={desk.person}", agency=desk.agency
    )
    assert listed.json["items"] == []


def test_a_preview_that_cannot_be_read_names_the_field(desk: Desk) -> None:
    _path, fields = blank(desk)
    answer = desk.post("/wishes/preview", fields | {"list_price_max": "much"})
    assert (answer.status_code, answer.json) == (422, {"list_price_max": "This is not a number."})


def test_what_is_offered_can_be_tried_without_saving(desk: Desk) -> None:
    desk.services_world.home(desk.agency, list_price=290_000, features=[], features_absent=["lift"])
    search = desk.services_world.wishes(desk.agency, desk.person, must_have=["lift"])
    page = desk.browser.get(f"/wishes/{search}").text
    offer = re.search(r'value="(try:[^"]*must_have[^"]*)"', page)
    assert offer
    tried = desk.post(f"/wishes/{search}", fields_of(page) | {"act": unescape(offer[1])})
    assert tried.status_code == 200
    assert "word" not in fields_of(tried.text)
    assert "1 <span>home fits" in re.sub(r"\s+", " ", tried.text)
    assert desk.search(search)["must_have"] == ["lift"]


@pytest.mark.parametrize("patch", ["nonsense", "[]", '{"status": "paused"}', '{"contact_id": "other"}'])
def test_a_made_up_offer_changes_nothing(desk: Desk, patch: str) -> None:
    search = desk.services_world.wishes(desk.agency, desk.person)
    fields = fields_of(desk.browser.get(f"/wishes/{search}").text)
    answer = desk.post(f"/wishes/{search}", fields | {"act": f"try:{patch}"})
    assert answer.status_code == 200
    assert fields_of(answer.text)["list_price_max"] == fields["list_price_max"]


def test_places_and_features_are_added_and_taken_away_without_a_script(desk: Desk) -> None:
    path, fields = blank(desk)
    for place in ("Triana", "Koper", "11004"):
        answer = desk.post(path, fields | {"add_place": place, "act": "add-place"})
        fields = fields_of(answer.text)
    kinds = [json.loads(area) for area in fields["area"]]
    assert kinds[0]["circle"]["radius_km"] == 1
    assert kinds[1:] == [{"place": {"name": "Koper"}}, {"place": {"postal_code": "11004"}}]
    assert "Within 1\u00a0km of Triana" in answer.text
    fields = fields_of(desk.post(path, fields | {"act": "drop-area:1"}).text)
    assert [list(json.loads(area)) for area in fields["area"]] == [["circle"], ["place"]]
    fields = fields_of(desk.post(path, fields | {"add_word": "dvigalo", "act": "add-word"}).text)
    assert (fields["word"], fields["level"]) == (["lift"], ["would"])
    fields = fields_of(desk.post(path, fields | {"level": [""], "act": "look"}).text)
    assert "word" not in fields


def test_a_radius_and_a_name_are_typed_in_the_list(desk: Desk) -> None:
    search = desk.services_world.wishes(desk.agency, desk.person, areas=EVERYTHING["areas"][:2])
    fields = fields_of(desk.browser.get(f"/wishes/{search}").text)
    fields |= {"area_radius": ["2.25", ""], "area_name": ["Near school", "Old town"], "act": "save"}
    assert desk.post(f"/wishes/{search}", fields).status_code == 303
    circle, polygon = desk.search(search)["areas"]
    assert (circle["circle"]["radius_km"], circle["circle"]["name"]) == (2.25, "Near school")
    assert polygon["polygon"]["name"] == "Old town"
    answer = desk.post(f"/wishes/{search}", fields | {"area_radius": ["far", ""], "version": "2"})
    assert answer.status_code == 422
    assert "Enter 0.05 to 500 kilometres." in answer.text


def test_an_area_that_crosses_itself_is_refused_where_it_stands(desk: Desk) -> None:
    path, fields = blank(desk)
    bow = [[-6.3, 36.5], [-6.2, 36.6], [-6.2, 36.5], [-6.3, 36.6], [-6.3, 36.5]]
    area = json.dumps({"polygon": {"type": "Polygon", "coordinates": [bow]}})
    answer = desk.post(path, fields | {"area": [area], "area_name": [""], "area_radius": [""], "act": "save"})
    assert answer.status_code == 422
    assert "This area crosses itself; draw it again." in answer.text


@pytest.mark.parametrize("area", ["", "[]", '{"circle": 1}', '{"circle": {}}', '{"polygon": {"coordinates": [[]]}}'])
def test_an_area_that_is_none_is_told_and_breaks_nothing(desk: Desk, area: str) -> None:
    path, fields = blank(desk)
    answer = desk.post(path, fields | {"area": [area], "area_name": [""], "area_radius": [""], "bedrooms_min": "2"})
    assert answer.status_code == 422
    assert "An area could not be read. Draw it again." in answer.text


def test_somebody_who_was_faster_is_looked_at_before_saving_again(desk: Desk) -> None:
    search = desk.services_world.wishes(desk.agency, desk.person)
    fields = fields_of(desk.browser.get(f"/wishes/{search}").text) | {"name": "Mine", "act": "save"}
    other = fields_of(desk.browser.get(f"/wishes/{search}").text) | {"name": "Theirs", "act": "save"}
    assert desk.post(f"/wishes/{search}", other).status_code == 303
    overtaken = desk.post(f"/wishes/{search}", fields)
    assert overtaken.status_code == 412
    assert "Somebody changed these wishes a moment ago." in overtaken.text
    assert desk.search(search)["name"] == "Theirs"
    again = fields_of(overtaken.text)
    assert again["name"] == ["Mine"]
    assert desk.post(f"/wishes/{search}", again | {"act": "save"}).status_code == 303
    assert desk.search(search)["name"] == "Mine"


def test_wishes_are_paused_taken_up_again_and_removed(desk: Desk) -> None:
    search = desk.services_world.wishes(desk.agency, desk.person)
    page = desk.browser.get(f"/wishes/{search}").text
    guard = {"csrf_token": token_in(page)}
    for status, offered in (("paused", "active"), ("active", "paused")):
        assert desk.post(f"/wishes/{search}/status", guard | {"status": status}).status_code == 303
        assert desk.search(search)["status"] == status
        assert f'name="status" value="{offered}"' in desk.browser.get(f"/wishes/{search}").text
    assert 'id="_wishes_removal"' in desk.browser.get(f"/wishes/{search}/removal").text
    assert desk.post(f"/wishes/{search}/removal", guard).location.endswith(f"/contacts/{desk.person}")
    assert desk.browser.get(f"/wishes/{search}").status_code == 404


def test_a_suggestion_that_no_longer_stands_is_not_taken(desk: Desk) -> None:
    search = desk.services_world.wishes(desk.agency, desk.person)
    guard = {"csrf_token": token_in(desk.browser.get(f"/wishes/{search}").text)}
    answer = desk.post(f"/wishes/{search}/suggestions", guard | {"key": "price.lower"})
    assert answer.status_code == 404
    assert desk.search(search)["version"] == 1


def test_three_homes_that_were_too_dear_bring_a_suggestion_that_can_be_taken(desk: Desk) -> None:
    search = desk.services_world.wishes(desk.agency, desk.person)
    for price in (300_000, 301_000, 302_000, 303_000, 304_000, 250_000):
        home = desk.services_world.home(desk.agency, list_price=price)
        if price >= 300_000:
            said = {"preference": "discard", "reason": "too_expensive"}
            path = f"/v1/contacts/{desk.person}/listings/{home}"
            answer = desk.services_world.rooms["matching"].call("PUT", path, agency=desk.agency, json=said)
            assert answer.status_code == 200, answer.json
    desk.services_world.deliver()
    page = desk.browser.get(f"/wishes/{search}").text
    code = re.search(r'action="/wishes/[^"]*/suggestions".*?name="key" value="([^"]+)"', page, flags=re.S)
    assert code, page[-3000:]
    answer = desk.post(f"/wishes/{search}/suggestions", {"csrf_token": token_in(page), "key": unescape(code[1])})
    assert answer.status_code == 303
    assert desk.search(search)["version"] == 2


def test_without_matching_the_page_is_away_and_without_the_rest_it_is_there(desk: Desk) -> None:
    search = desk.services_world.wishes(desk.agency, desk.person)
    with desk.services_world.without("properties", "notifications"):
        assert desk.browser.get(f"/wishes/{search}").status_code == 200
    with desk.services_world.without("matching"):
        assert desk.browser.get(f"/wishes/{search}").status_code == 503


def test_somebody_elses_wishes_are_not_there(desk: Desk, services_world: ServicesWorld) -> None:
    other = services_world.agency()["id"]
    theirs = services_world.wishes(other, services_world.person(other))
    for path in (f"/wishes/{theirs}", f"/wishes/{theirs}/removal"):
        assert desk.browser.get(path).status_code == 404
    _path, fields = blank(desk)
    assert desk.post(f"/wishes/{theirs}", fields | {"bedrooms_min": "1", "act": "save"}).status_code == 404


def test_places_are_suggested_while_typing(desk: Desk) -> None:
    found = desk.browser.get("/wishes/places?add_place=tria", headers={"X-Partial": "1"}).text
    assert '<option value="Triana, Sevilla">' in found
    assert "<html" in desk.browser.get("/wishes/places?add_place=sevi").text
