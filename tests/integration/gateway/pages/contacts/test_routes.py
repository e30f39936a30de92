"""Contacts: finding them, one page each, taking them in, what they agreed to; before services that really answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.gateway.gateway_client import token_in
from tests.integration.gateway.services_world import ServicesWorld

PART = {"HX-Request-Type": "partial"}


@dataclass
class AgencyWorld:
    """An agency with Ana, who looks for a home that is there, and an agent at a browser."""

    services_world: ServicesWorld
    agency: str
    browser: Any
    ana: str
    home: str

    @property
    def page(self) -> str:
        return f"/contacts/{self.ana}"

    def post(self, path: str, **form: str) -> Any:
        token = token_in(self.browser.get("/account").text)
        return self.browser.post(path, data={"csrf_token": token, "once": path, **form})


@pytest.fixture
def agency_world(services_world: ServicesWorld) -> AgencyWorld:
    made = services_world.agency()
    id_ = made["id"]
    ana = services_world.person(id_, notes="Calls after five")
    services_world.wishes(id_, ana)
    home = services_world.home(id_)
    return AgencyWorld(services_world, id_, services_world.gateway.signed_in(made["admin"]["email"]), ana, home)


@pytest.mark.parametrize("typed", ["beltran", "Ana Bel", "612345", "ana@exam", "bletran"])
def test_somebody_is_found_as_one_types_with_a_fragment_or_a_slip(agency_world: AgencyWorld, typed: str) -> None:
    agency_world.services_world.person(
        agency_world.agency, "Oskar Lindgren", email="o@example.com", phone="+46701740612"
    )
    page = agency_world.browser.get("/contacts", query_string={"q": typed}, headers=PART)
    assert page.status_code == 200
    assert "<html" not in page.text
    assert "Ana Beltrán" in page.text
    assert "Oskar" not in page.text


def test_one_page_tells_everything_of_a_person(agency_world: AgencyWorld) -> None:
    page = agency_world.browser.get(agency_world.page).text
    for words in (
        "Ana Beltrán",
        "+34 612 34 50 18",
        "Piso",
        "Calle Sagasta",
        "Agreed",
        "Calls after five",
        "Contact added",
    ):
        assert words in page, words
    assert "<b>1</b> match" in page


@pytest.mark.parametrize("tab", ["homes", "mail", "notes", "consent"])
def test_each_tab_is_a_part_and_a_page(agency_world: AgencyWorld, tab: str) -> None:
    path = f"{agency_world.page}/{tab}"
    part, page = agency_world.browser.get(path, headers=PART), agency_world.browser.get(path)
    assert (part.status_code, page.status_code) == (200, 200)
    assert part.text.lstrip().startswith('<section class="box" id="_contact_tab"')
    assert "<html" in page.text


@pytest.mark.parametrize("away", ["matching", "notifications"])
def test_what_another_service_knows_is_missing_and_named_when_it_is_away(agency_world: AgencyWorld, away: str) -> None:
    with agency_world.services_world.without(away):
        page = agency_world.browser.get(agency_world.page)
    assert page.status_code == 200
    assert f"{away} is not answering" in page.text
    assert "Calls after five" in page.text


def test_a_new_person_comes_in_with_what_they_agreed_to(agency_world: AgencyWorld) -> None:
    typed = {"full_name": "Klara Novak", "phone": "+386 31 234 506", "email": "klara@example.com", "agrees": "yes"}
    answer = agency_world.post("/contacts/new", **typed, language="sl", stage="new")
    assert answer.status_code == 303
    page = agency_world.browser.get(answer.headers["Location"]).text
    assert "Klara Novak" in page
    assert "Agreed" in page


@pytest.mark.parametrize(("field", "wrong"), [("email", "no address"), ("phone", "12")])
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    agency_world: AgencyWorld, field: str, wrong: str
) -> None:
    answer = agency_world.post("/contacts/new", full_name="Klara Novak", notes="Two cats", **{field: wrong})
    assert answer.status_code == 422
    for words in ("Klara Novak", wrong, "Two cats", f'id="e-{field}"', 'aria-invalid="true"'):
        assert words in answer.text, words


@pytest.mark.parametrize("asked", [{"phone": "612 34 50 18"}, {"email": "ANA@example.com"}])
def test_whoever_is_here_already_is_shown_while_one_types(agency_world: AgencyWorld, asked: dict[str, str]) -> None:
    page = agency_world.browser.get("/contacts/known", query_string=asked, headers=PART).text
    assert "Ana Beltrán" in page
    nobody = agency_world.browser.get("/contacts/known", query_string={"phone": "1", "email": "x"}, headers=PART).text
    assert "Ana" not in nobody


def test_two_people_who_correct_the_same_person_do_not_overwrite_each_other(agency_world: AgencyWorld) -> None:
    facts = {"full_name": "Ana B.", "version": "1"}
    assert agency_world.post(f"{agency_world.page}/edit", **facts).status_code == 303
    answer = agency_world.post(f"{agency_world.page}/edit", full_name="Ana C.", version="1")
    assert answer.status_code == 422
    assert "Somebody changed this a moment ago" in answer.text
    assert "Ana C." in answer.text


class TestConsent:
    def test_a_word_is_written_down_and_the_ones_before_stay(self, agency_world: AgencyWorld) -> None:
        typed = {"what": "alerts.email", "state": "withdrawn", "source": "on the phone", "wording_version": "x"}
        assert agency_world.post(f"{agency_world.page}/consents", **typed).status_code == 303
        page = agency_world.browser.get(f"{agency_world.page}/consent", headers=PART).text
        assert page.count("<td>New homes</td>") == 2
        assert "on the phone" in page
        agency_world.services_world.deliver()
        assert "Phone only" in agency_world.browser.get(agency_world.page).text

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("source", {"source": ""}),
            ("what", {"what": "alerts.pigeon"}),
            ("state", {"state": "perhaps"}),
            ("wording_version", {"wording_version": ""}),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_is_kept(
        self, agency_world: AgencyWorld, field: str, wrong: dict[str, str]
    ) -> None:
        typed = {"what": "marketing.email", "state": "granted", "source": "by letter", "wording_version": "v1"}
        answer = agency_world.post(f"{agency_world.page}/consents", **typed | wrong)
        assert answer.status_code == 422
        assert f'id="e-{field}"' in answer.text
        assert (
            "News and offers"
            not in agency_world.browser.get(f"{agency_world.page}/consent", headers=PART).text.partition("<tbody>")[2]
        )


def test_a_note_stays_for_colleagues(agency_world: AgencyWorld) -> None:
    assert agency_world.post(f"{agency_world.page}/notes", text="Son starts school in September").status_code == 303
    assert "Son starts school in September" in agency_world.browser.get(f"{agency_world.page}/notes").text
