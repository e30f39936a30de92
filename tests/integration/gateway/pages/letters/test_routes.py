"""Sending by hand, from the ticked rows to the queued letters, before services that really answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.gateway.gateway_client import token_in
from tests.integration.gateway.services_world import ServicesWorld

PART = {"HX-Request-Type": "partial"}


@dataclass
class SendDialog:
    """An agency with a home, somebody who wants mail and somebody who never agreed, and an agent at a browser."""

    services_world: ServicesWorld
    agency: str
    browser: Any
    home: str
    ana: str
    eva: str

    def ask(self, *homes: str, to: tuple[str, ...] = ()) -> Any:
        query = {"listing_id": list(homes) or [self.home], "contact_id": list(to) or [self.ana, self.eva]}
        return self.browser.get("/letters/new", query_string=query, headers=PART)

    def send(self, *to: str, homes: tuple[str, ...] = (), **more: Any) -> Any:
        form = {"csrf_token": token_in(self.ask().text), "listing_id": list(homes) or [self.home]}
        form |= {"contact_id": list(to), "note": "Hasta pronto", "once": f"once-{len(self.rows())}", **more}
        return self.browser.post("/letters", data=form, headers=PART)

    def rows(self) -> list[dict[str, Any]]:
        return list(self.services_world.rooms["notifications"].db.deliveries.find({"agency_id": self.agency}))


@pytest.fixture
def send_dialog(services_world: ServicesWorld) -> SendDialog:
    made = services_world.agency(from_address="hola@example.com")
    id_ = made["id"]
    ana, eva = (
        services_world.person(id_, "Ana Beltrán"),
        services_world.person(id_, "Eva Novak", wants=False, email="e@example.com"),
    )
    services_world.wishes(id_, ana)
    home = services_world.home(id_)
    return SendDialog(services_world, id_, services_world.gateway.signed_in(made["admin"]["email"]), home, ana, eva)


def test_the_dialog_shows_who_may_be_written_to_and_why_others_may_not(send_dialog: SendDialog) -> None:
    page = send_dialog.ask().text
    assert f'value="{send_dialog.ana}" x-on:change="count" checked' in page
    assert f'value="{send_dialog.eva}" x-on:change="count" disabled' in page
    assert page.index("Ana Beltrán") < page.index("Eva Novak")


def test_one_letter_goes_to_each_with_the_reasons_in_their_language(send_dialog: SendDialog) -> None:
    answer = send_dialog.send(send_dialog.ana)
    assert answer.status_code == 200, answer.text
    assert "Will be sent to one person." in answer.headers["HX-Trigger"]
    (row,) = send_dialog.rows()
    assert (row["contact_id"], row["note"], row["state"]) == (send_dialog.ana, "Hasta pronto", "queued")
    (card,) = row["cards"]
    assert any("por debajo del presupuesto" in text for text in card["reasons"])
    assert card["listing"]["street_name"] == "Calle Sagasta"


def test_pressing_twice_sends_once(send_dialog: SendDialog) -> None:
    assert [send_dialog.send(send_dialog.ana, once="the-same").status_code for _ in range(2)] == [200, 200]
    assert len(send_dialog.rows()) == 1


def test_several_homes_are_one_mail(send_dialog: SendDialog) -> None:
    other = send_dialog.services_world.home(send_dialog.agency, street_name="Rua da Graça")
    assert "Send 2 homes to Ana Beltrán" in send_dialog.ask(send_dialog.home, other, to=(send_dialog.ana,)).text
    assert send_dialog.send(send_dialog.ana, homes=(send_dialog.home, other)).status_code == 200
    (row,) = send_dialog.rows()
    assert row["listing_ids"] == [send_dialog.home, other]


def test_it_can_be_called_off_for_a_moment(send_dialog: SendDialog) -> None:
    undo = json.loads(send_dialog.send(send_dialog.ana).headers["HX-Trigger"])["toast"]["undo"]
    form = {"csrf_token": token_in(send_dialog.ask().text)}
    answer = send_dialog.browser.post(undo, data=form, headers=PART)
    assert "E-mail cancelled." in answer.headers["HX-Trigger"]
    assert [row["state"] for row in send_dialog.rows()] == ["canceled"]


def test_the_list_of_what_was_sent_tells_who_wrote_it_and_calls_it_off(send_dialog: SendDialog) -> None:
    other = send_dialog.services_world.home(send_dialog.agency, street_name="Rua da Graça")
    send_dialog.send(send_dialog.ana, homes=(send_dialog.home, other))
    page = send_dialog.browser.get("/sent").text
    assert "written by Inés" in page
    assert "and one more" in page
    (row,) = send_dialog.rows()
    answer = send_dialog.browser.post(f"/letters/{row['_id']}/cancellation", data={"csrf_token": token_in(page)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sent")
    assert "/cancellation" not in send_dialog.browser.get("/sent").text


def test_what_has_left_is_told_and_stays(send_dialog: SendDialog) -> None:
    send_dialog.send(send_dialog.ana)
    (row,) = send_dialog.rows()
    deliveries = send_dialog.services_world.rooms["notifications"].db.deliveries
    deliveries.update_one({"_id": row["_id"]}, {"$set": {"state": "sent"}})
    form = {"csrf_token": token_in(send_dialog.ask().text)}
    answer = send_dialog.browser.post(f"/letters/{row['_id']}/cancellation", data=form, headers=PART)
    assert "One e-mail had already been sent." in answer.headers["HX-Trigger"]


def test_whoever_may_not_be_written_to_is_refused_by_name_and_nothing_typed_is_lost(send_dialog: SendDialog) -> None:
    answer = send_dialog.send(send_dialog.eva)
    assert answer.status_code == 422
    assert "Eva Novak" in answer.text
    assert "Hasta pronto" in answer.text
    assert send_dialog.rows() == []


def test_nobody_ticked_is_said_in_the_dialog(send_dialog: SendDialog) -> None:
    answer = send_dialog.send(asked=f"{send_dialog.ana} {send_dialog.eva}")
    assert answer.status_code == 422
    assert "Tick at least one person first." in answer.text
    assert "Ana Beltrán" in answer.text


def test_without_a_script_the_dialog_is_a_page_and_the_form_leads_on(send_dialog: SendDialog) -> None:
    page = send_dialog.browser.get(
        "/letters/new", query_string={"listing_id": send_dialog.home, "contact_id": send_dialog.ana}
    )
    assert "<html" in page.text
    form = {
        "csrf_token": token_in(page.text),
        "listing_id": send_dialog.home,
        "contact_id": send_dialog.ana,
        "once": "x",
    }
    answer = send_dialog.browser.post("/letters", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/listings/{send_dialog.home}")


def test_another_agencys_people_and_homes_are_not_there(send_dialog: SendDialog) -> None:
    other = send_dialog.services_world.agency()["id"]
    stranger, home = send_dialog.services_world.person(other), send_dialog.services_world.home(other)
    assert send_dialog.ask(to=(stranger,)).status_code == 404
    assert send_dialog.ask(home).status_code == 404
    assert send_dialog.send(stranger, asked=send_dialog.ana).status_code == 422
    assert send_dialog.rows() == []
