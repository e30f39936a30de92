"""Contacts: finding them, one page each, taking them in, what they agreed to; before services that really answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.gateway.house import token_in
from tests.integration.gateway.quarter import Quarter

PART = {"HX-Request-Type": "partial"}


@dataclass
class Office:
    """An agency with Ana, who looks for a home that is there, and an agent at a browser."""

    quarter: Quarter
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
def office(quarter: Quarter) -> Office:
    made = quarter.agency()
    id_ = made["id"]
    ana = quarter.person(id_, notes="Calls after five")
    quarter.wishes(id_, ana)
    home = quarter.home(id_)
    return Office(quarter, id_, quarter.house.signed_in(made["admin"]["email"]), ana, home)


@pytest.mark.parametrize("typed", ["beltran", "Ana Bel", "612345", "ana@exam", "bletran"])
def test_somebody_is_found_as_one_types_with_a_fragment_or_a_slip(office: Office, typed: str) -> None:
    office.quarter.person(office.agency, "Oskar Lindgren", email="o@example.com", phone="+46701740612")
    page = office.browser.get("/contacts", query_string={"q": typed}, headers=PART)
    assert page.status_code == 200
    assert "<html" not in page.text
    assert "Ana Beltrán" in page.text
    assert "Oskar" not in page.text


def test_one_page_tells_everything_of_a_person(office: Office) -> None:
    page = office.browser.get(office.page).text
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
def test_each_tab_is_a_part_and_a_page(office: Office, tab: str) -> None:
    path = f"{office.page}/{tab}"
    part, page = office.browser.get(path, headers=PART), office.browser.get(path)
    assert (part.status_code, page.status_code) == (200, 200)
    assert part.text.lstrip().startswith('<section class="box" id="_contact_tab"')
    assert "<html" in page.text


@pytest.mark.parametrize("away", ["matching", "notifications"])
def test_what_another_service_knows_is_missing_and_named_when_it_is_away(office: Office, away: str) -> None:
    with office.quarter.without(away):
        page = office.browser.get(office.page)
    assert page.status_code == 200
    assert f"{away} gives no answer" in page.text
    assert "Calls after five" in page.text


def test_a_new_person_comes_in_with_what_they_agreed_to(office: Office) -> None:
    typed = {"full_name": "Klara Novak", "phone": "+386 31 234 506", "email": "klara@example.com", "agrees": "yes"}
    answer = office.post("/contacts/new", **typed, language="sl", stage="new")
    assert answer.status_code == 303
    page = office.browser.get(answer.headers["Location"]).text
    assert "Klara Novak" in page
    assert "Agreed" in page


@pytest.mark.parametrize(("field", "wrong"), [("email", "no address"), ("phone", "12")])
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(office: Office, field: str, wrong: str) -> None:
    answer = office.post("/contacts/new", full_name="Klara Novak", notes="Two cats", **{field: wrong})
    assert answer.status_code == 422
    for words in ("Klara Novak", wrong, "Two cats", f'id="e-{field}"', 'aria-invalid="true"'):
        assert words in answer.text, words


@pytest.mark.parametrize("asked", [{"phone": "612 34 50 18"}, {"email": "ANA@example.com"}])
def test_whoever_is_here_already_is_shown_while_one_types(office: Office, asked: dict[str, str]) -> None:
    page = office.browser.get("/contacts/known", query_string=asked, headers=PART).text
    assert "Ana Beltrán" in page
    nobody = office.browser.get("/contacts/known", query_string={"phone": "1", "email": "x"}, headers=PART).text
    assert "Ana" not in nobody


def test_two_people_who_correct_the_same_person_do_not_overwrite_each_other(office: Office) -> None:
    facts = {"full_name": "Ana B.", "version": "1"}
    assert office.post(f"{office.page}/edit", **facts).status_code == 303
    answer = office.post(f"{office.page}/edit", full_name="Ana C.", version="1")
    assert answer.status_code == 422
    assert "Somebody changed this a moment ago" in answer.text
    assert "Ana C." in answer.text


class TestConsent:
    def test_a_word_is_written_down_and_the_ones_before_stay(self, office: Office) -> None:
        typed = {"what": "alerts.email", "state": "withdrawn", "source": "on the phone", "wording_version": "x"}
        assert office.post(f"{office.page}/consents", **typed).status_code == 303
        page = office.browser.get(f"{office.page}/consent", headers=PART).text
        assert page.count("<td>New homes</td>") == 2
        assert "on the phone" in page
        office.quarter.deliver()
        assert "Phone only" in office.browser.get(office.page).text

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
        self, office: Office, field: str, wrong: dict[str, str]
    ) -> None:
        typed = {"what": "marketing.email", "state": "granted", "source": "by letter", "wording_version": "v1"}
        answer = office.post(f"{office.page}/consents", **typed | wrong)
        assert answer.status_code == 422
        assert f'id="e-{field}"' in answer.text
        assert (
            "News and offers"
            not in office.browser.get(f"{office.page}/consent", headers=PART).text.partition("<tbody>")[2]
        )


def test_a_note_stays_for_colleagues(office: Office) -> None:
    assert office.post(f"{office.page}/notes", text="Son starts school in September").status_code == 303
    assert "Son starts school in September" in office.browser.get(f"{office.page}/notes").text
