"""What else an admin keeps: the agency's face, its programs, the audit of sign-ins; and everybody their sessions."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.integration.gateway.house import PASSWORD, House, sign_in, token_in

FACE = {
    "name": "Marea Homes",
    "colour": "#FFD400",
    "languages": ["en", "sv"],
    "first_language": "sv",
    "time_zone": "Europe/Stockholm",
    "currency": "sek",
    "version": "1",
}
SECRET = re.compile(r'id="client-secret" readonly value="([^"]+)"')


class Desk:
    """An agency's admin at a browser."""

    def __init__(self, house: House) -> None:
        self.house, self.agency = house, house.agency()
        self.id, self.admin = str(self.agency["id"]), dict(self.agency["admin"])
        self.browser = house.signed_in(self.admin["email"])

    def post(self, path: str, browser: Any = None, **typed: Any) -> Any:
        chosen = browser or self.browser
        return chosen.post(path, data={**typed, "csrf_token": token_in(chosen.get("/account").text)})


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def test_an_agencys_face_is_kept_and_its_colour_colours_the_pages(desk: Desk) -> None:
    assert desk.post("/agency", **FACE).status_code == 303
    kept = desk.house.deps.agencies.of(desk.id).get(desk.id)
    assert (kept.languages, kept.currency, kept.time_zone) == (["sv", "en"], "SEK", "Europe/Stockholm")
    page = desk.browser.get("/agency").text
    brand = re.search(r'href="(/brand/[^"]+)"', page)
    assert brand
    assert "light-dark(" in desk.browser.get(brand[1]).text
    assert "Marea Homes" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"colour": "yellow"}, "colour"),
        ({"name": ""}, "name"),
        ({"time_zone": "Europe/Nowhere"}, "time_zone"),
        ({"currency": "EURO"}, "currency"),
        ({"from_address": "nobody"}, "from_address"),
        ({"public_url": "javascript:x"}, "public_url"),
    ],
)
def test_a_face_that_is_not_right_names_the_field_and_loses_nothing(
    desk: Desk, typed: dict[str, str], field: str
) -> None:
    answer = desk.post("/agency", **{**FACE, "postal_address": "Typed street 1", **typed})
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    assert "Typed street 1" in answer.text
    assert desk.house.deps.agencies.of(desk.id).get(desk.id).version == 1


def test_who_was_slower_overwrites_nothing(desk: Desk) -> None:
    assert desk.post("/agency", **FACE).status_code == 303
    answer = desk.post("/agency", **{**FACE, "name": "Too late"})
    assert answer.status_code == 422
    assert desk.house.deps.agencies.of(desk.id).get(desk.id).name == "Marea Homes"


@pytest.mark.parametrize("colour", ["#FFD400", "#000000", "#FFFFFF", "#1F5F5B", "#C0FFEE", "#7F7F7F", "#FF0000"])
def test_any_colour_is_shown_in_both_themes_with_contrasts_that_hold(desk: Desk, colour: str) -> None:
    page = desk.browser.get("/agency/colour", query_string={"colour": colour}, headers={"X-Partial": "1"}).text
    told = re.findall(r"(?:Light|Dark): text ([\d.]+) : 1, link ([\d.]+) : 1", page)
    assert len(told) == 2
    assert all(float(figure) >= 4.5 for pair in told for figure in pair)


def test_a_clients_secret_is_shown_once_opens_tokens_and_ends_when_shut_out(desk: Desk, house: House) -> None:
    made = desk.post("/clients", name="Website", role="agent")
    secret = SECRET.search(made.text)
    assert secret
    client = house.room.db["api_clients"].find_one({"agency_id": desk.id})
    assert client
    assert secret[1] not in str(client)
    page = desk.browser.get("/clients").text
    assert secret[1] not in page
    assert "never" in page
    form = {"grant_type": "client_credentials", "client_id": client["_id"], "client_secret": secret[1]}
    assert house.browser().post("/oauth/token", data=form).status_code == 200
    assert "never" not in desk.browser.get("/clients").text
    assert desk.post(f"/clients/{client['_id']}/revocation").status_code == 303
    assert house.browser().post("/oauth/token", data=form).status_code == 401
    assert "revoked" in desk.browser.get("/clients").text


def test_a_client_needs_a_name_and_a_role_of_an_agency(desk: Desk) -> None:
    for typed in ({"name": "", "role": "agent"}, {"name": "X", "role": "operator"}):
        answer = desk.post("/clients", **typed)
        assert answer.status_code == 422
        assert "aria-invalid" in answer.text
    assert desk.house.room.db["api_clients"].count_documents({"agency_id": desk.id}) == 0


def test_another_agencys_client_is_not_there(desk: Desk, house: House) -> None:
    other = Desk(house)
    other.post("/clients", name="Theirs", role="agent")
    theirs = house.room.db["api_clients"].find_one({"agency_id": other.id})
    assert theirs
    assert desk.browser.get(f"/clients/{theirs['_id']}/revocation").status_code == 404
    assert desk.post(f"/clients/{theirs['_id']}/revocation").status_code == 404
    assert "Theirs" not in desk.browser.get("/clients").text


def test_every_attempt_of_a_member_is_written_down_with_a_shortened_address(desk: Desk, house: House) -> None:
    browser = house.browser()
    browser.environ_base.update(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    ana = house.member(desk.id)
    sign_in(browser, ana["email"], "wrong password")
    sign_in(browser, ana["email"])
    page = desk.browser.get("/sign-ins").text
    assert "Refused: wrong password" in page
    assert "Signed in with the password" in page
    assert "203.0.113.0" in page
    assert "203.0.113.77" not in page
    assert "Firefox, Linux" in page
    assert PASSWORD not in str(list(house.room.db["sign_ins"].find()))
    failed = desk.browser.get(f"/sign-ins?only=failed&who={ana['id']}").text
    assert "Refused" in failed
    assert "Signed in with the password" not in failed


def test_too_many_attempts_are_written_down_and_an_unknown_address_is_not(desk: Desk, house: House) -> None:
    ana = house.member(desk.id)
    for n in range(11):
        sign_in(house.browser(), ana["email"], f"guess number {n}")
    assert "Refused: too many failed attempts" in desk.browser.get("/sign-ins").text
    before = house.room.db["sign_ins"].count_documents({})
    sign_in(house.browser(), "nobody-here@example.com")
    assert house.room.db["sign_ins"].count_documents({}) == before


def test_another_agencys_sign_ins_are_not_there(desk: Desk, house: House) -> None:
    other = Desk(house)
    page = desk.browser.get(f"/sign-ins?who={other.admin['id']}").text
    assert "Nothing of this kind" in page


def test_one_sees_ones_own_sessions_and_ends_them(desk: Desk, house: House) -> None:
    elsewhere, third = house.signed_in(desk.admin["email"]), house.signed_in(desk.admin["email"])
    page = desk.browser.get("/account").text
    ends = re.findall(r"/account/sessions/(\w+)/end", page)
    assert len(ends) == 2
    assert "this one" in page
    stranger = house.signed_in(house.member(desk.id)["email"])
    assert desk.post(f"/account/sessions/{ends[0]}/end", stranger).status_code == 303
    assert len(re.findall(r"/account/sessions/\w+/end\"", desk.browser.get("/account").text)) == 2
    assert desk.post(f"/account/sessions/{ends[0]}/end").status_code == 303
    assert [each.get("/").status_code for each in (elsewhere, third)].count(303) == 1
    desk.post("/account/sessions/end-others")
    assert [each.get("/").status_code for each in (elsewhere, third)] == [303, 303]
    assert desk.browser.get("/account").status_code == 200
