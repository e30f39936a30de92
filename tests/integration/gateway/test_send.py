"""Sending by hand, from the ticked rows to the queued letters, before services that really answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.gateway.house import token_in
from tests.integration.gateway.quarter import Quarter

PART = {"HX-Request-Type": "partial"}


@dataclass
class Desk:
    """An agency with a home, somebody who wants mail and somebody who never agreed, and an agent at a browser."""

    quarter: Quarter
    agency: str
    browser: Any
    home: str
    ana: str
    eva: str

    def ask(self, *homes: str, to: tuple[str, ...] = ()) -> Any:
        query = {"listing_id": list(homes) or [self.home], "contact_id": list(to) or [self.ana, self.eva]}
        return self.browser.get("/send", query_string=query, headers=PART)

    def send(self, *to: str, homes: tuple[str, ...] = (), **more: Any) -> Any:
        form = {"csrf_token": token_in(self.ask().text), "listing_id": list(homes) or [self.home]}
        form |= {"contact_id": list(to), "note": "Hasta pronto", "once": f"once-{len(self.rows())}", **more}
        return self.browser.post("/send", data=form, headers=PART)

    def rows(self) -> list[dict[str, Any]]:
        return list(self.quarter.rooms["notifications"].db.deliveries.find({"agency_id": self.agency}))


@pytest.fixture
def desk(quarter: Quarter) -> Desk:
    made = quarter.agency(from_address="hola@example.com")
    id_ = made["id"]
    ana, eva = quarter.person(id_, "Ana Beltrán"), quarter.person(id_, "Eva Novak", wants=False, email="e@example.com")
    quarter.wishes(id_, ana)
    home = quarter.home(id_)
    return Desk(quarter, id_, quarter.house.signed_in(made["admin"]["email"]), home, ana, eva)


def test_the_dialog_shows_who_may_be_written_to_and_why_others_may_not(desk: Desk) -> None:
    page = desk.ask().text
    assert "Send Flat, Calle Sagasta" in page
    assert f'value="{desk.ana}" x-on:change="count" checked' in page
    assert "no consent to these e-mails" in page
    assert page.index("Ana Beltrán") < page.index("Eva Novak")


def test_one_letter_goes_to_each_with_the_reasons_in_their_language(desk: Desk) -> None:
    answer = desk.send(desk.ana)
    assert answer.status_code == 200, answer.text
    assert "Goes out to one person." in answer.headers["HX-Trigger"]
    (row,) = desk.rows()
    assert (row["contact_id"], row["note"], row["state"]) == (desk.ana, "Hasta pronto", "queued")
    (card,) = row["cards"]
    assert any("por debajo del presupuesto" in text for text in card["reasons"])
    assert card["listing"]["street_name"] == "Calle Sagasta"


def test_pressing_twice_sends_once(desk: Desk) -> None:
    assert [desk.send(desk.ana, once="the-same").status_code for _ in range(2)] == [200, 200]
    assert len(desk.rows()) == 1


def test_several_homes_are_one_mail(desk: Desk) -> None:
    other = desk.quarter.home(desk.agency, street_name="Rua da Graça")
    assert "Send 2 homes to Ana Beltrán" in desk.ask(desk.home, other, to=(desk.ana,)).text
    assert desk.send(desk.ana, homes=(desk.home, other)).status_code == 200
    (row,) = desk.rows()
    assert row["listing_ids"] == [desk.home, other]


def test_it_can_be_called_off_for_a_moment(desk: Desk) -> None:
    undo = json.loads(desk.send(desk.ana).headers["HX-Trigger"])["toast"]["undo"]
    form = {"csrf_token": token_in(desk.ask().text)}
    answer = desk.browser.post(undo, data=form, headers=PART)
    assert "Called off." in answer.headers["HX-Trigger"]
    assert [row["state"] for row in desk.rows()] == ["canceled"]


def test_the_list_of_what_was_sent_tells_who_wrote_it_and_calls_it_off(desk: Desk) -> None:
    other = desk.quarter.home(desk.agency, street_name="Rua da Graça")
    desk.send(desk.ana, homes=(desk.home, other))
    page = desk.browser.get("/sent").text
    assert "by hand: Inés" in page
    assert "and one more" in page
    (row,) = desk.rows()
    answer = desk.browser.post(f"/send/undo?id={row['_id']}", data={"csrf_token": token_in(page)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sent")
    assert "Cancelled" in desk.browser.get("/sent").text


def test_what_has_left_is_told_and_stays(desk: Desk) -> None:
    desk.send(desk.ana)
    (row,) = desk.rows()
    deliveries = desk.quarter.rooms["notifications"].db.deliveries
    deliveries.update_one({"_id": row["_id"]}, {"$set": {"state": "sent"}})
    form = {"csrf_token": token_in(desk.ask().text)}
    answer = desk.browser.post(f"/send/undo?id={row['_id']}", data=form, headers=PART)
    assert "One mail had left already." in answer.headers["HX-Trigger"]


def test_whoever_may_not_be_written_to_is_refused_by_name_and_nothing_typed_is_lost(desk: Desk) -> None:
    answer = desk.send(desk.eva)
    assert answer.status_code == 422
    assert "Eva Novak" in answer.text
    assert "Hasta pronto" in answer.text
    assert desk.rows() == []


def test_nobody_ticked_is_said_in_the_dialog(desk: Desk) -> None:
    answer = desk.send(asked=f"{desk.ana} {desk.eva}")
    assert answer.status_code == 422
    assert "Tick somebody first." in answer.text
    assert "Ana Beltrán" in answer.text


def test_without_a_script_the_dialog_is_a_page_and_the_form_leads_on(desk: Desk) -> None:
    page = desk.browser.get("/send", query_string={"listing_id": desk.home, "contact_id": desk.ana})
    assert "<html" in page.text
    form = {"csrf_token": token_in(page.text), "listing_id": desk.home, "contact_id": desk.ana, "once": "x"}
    answer = desk.browser.post("/send", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/listings/{desk.home}")


def test_another_agencys_people_and_homes_are_not_there(desk: Desk) -> None:
    other = desk.quarter.agency()["id"]
    stranger, home = desk.quarter.person(other), desk.quarter.home(other)
    assert desk.ask(to=(stranger,)).status_code == 404
    assert desk.ask(home).status_code == 404
    assert desk.send(stranger, asked=desk.ana).status_code == 422
    assert desk.rows() == []
