"""Today: who is worth a call, what came back, what did not arrive; before services that really answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from shared.messaging.event import now
from tests.integration.gateway.gateway_client import token_in
from tests.integration.gateway.services_world import ServicesWorld

PART = {"HX-Request-Type": "partial"}


@dataclass
class Morning:
    """An agency with a home that suits Ana, an agent's own, and Eva, who is nobody's."""

    services_world: ServicesWorld
    agency: str
    agent: Any
    admin: Any
    ana: str
    eva: str
    home: str

    def post(self, path: str, **form: str) -> Any:
        token = token_in(self.agent.get("/account").text)
        return self.agent.post(path, data={"csrf_token": token, **form}, headers=PART)


@pytest.fixture
def morning(services_world: ServicesWorld) -> Morning:
    made = services_world.agency()
    id_ = made["id"]
    agent = services_world.gateway.member(id_, "agent")
    services_world.deliver()
    ana = services_world.person(id_, agent_member_id=agent["id"])
    eva = services_world.person(id_, "Eva Novak", wants=False, email="eva@example.com", phone="+38631234506")
    services_world.wishes(id_, ana)
    services_world.wishes(id_, ana, name="Piso, otra vez", list_price_max=400_000)
    services_world.wishes(id_, eva, list_price_max=299_000)
    home = services_world.home(id_)
    browsers = [services_world.gateway.signed_in(email) for email in (agent["email"], made["admin"]["email"])]
    return Morning(services_world, id_, *browsers, ana, eva, home)


def test_an_agent_sees_the_own_people_first_and_the_teams_on_demand(morning: Morning) -> None:
    page = morning.agent.get("/").text
    assert "one person worth a call" in page
    assert "Ana Beltrán" in page
    assert "Eva Novak" not in page
    assert "2 people worth a call" in morning.agent.get("/?whose=team").text
    assert "2 people worth a call" in morning.admin.get("/").text


def test_a_person_with_several_wishes_has_one_row(morning: Morning) -> None:
    assert morning.agent.get("/").text.count(f'id="pair-{morning.home}-{morning.ana}"') == 1


def test_a_row_says_why_how_to_reach_the_person_and_whether_one_may_write(morning: Morning) -> None:
    page = morning.admin.get("/").text
    assert "<b>€15,000</b> under budget" in page
    assert 'href="tel:+34612345018"' in page
    assert "E-mail and phone" in page
    assert "Phone only" in page
    assert "Send to one" in page


@pytest.mark.parametrize("how", ["later", "for_good"])
def test_a_row_that_is_set_aside_is_gone_for_this_agent_alone(morning: Morning, how: str) -> None:
    answer = morning.post(f"/today/{morning.home}/{morning.ana}/set-aside", how=how)
    assert (answer.status_code, answer.text) == (200, "")
    assert "Nobody to call" in morning.agent.get("/").text
    assert "Ana Beltrán" in morning.admin.get("/").text


def test_a_call_that_is_written_down_takes_the_row_away_and_stands_on_the_timeline(morning: Morning) -> None:
    facts = {"outcome": "viewing", "text": "Quiere verlo el jueves", "listing_id": morning.home}
    assert morning.post(f"/contacts/{morning.ana}/calls", **facts, once="c1").status_code == 200
    assert "Nobody to call" in morning.agent.get("/").text
    page = morning.agent.get(f"/contacts/{morning.ana}").text
    assert "Called: wants a viewing. Quiere verlo el jueves" in page


def test_a_lower_price_is_told_with_its_share(morning: Morning) -> None:
    path, agency = f"/v1/listings/{morning.home}/price-changes", morning.agency
    morning.services_world.post("properties", path, agency, {"list_price": 236_000})
    page = morning.agent.get("/").text
    assert "Price down 20%" in page
    assert "€295,000</s>" in page


def test_what_came_back_and_what_did_not_arrive_stands_beside(morning: Morning) -> None:
    path = f"/v1/contacts/{morning.ana}/listings/{morning.home}"
    said = {"preference": "discard", "reason": "too_expensive"}
    answer = morning.services_world.rooms["matching"].call("PUT", path, agency=morning.agency, json=said)
    assert answer.status_code in (200, 201), answer.json
    failed = {"_id": f"d-{morning.ana}", "agency_id": morning.agency, "contact_id": morning.ana, "state": "failed"}
    failed |= {"listing_id": morning.home, "listing": {}, "matches": {}, "reason": "550 no such mailbox"}
    failed |= {"created_at": now(), "not_before": now(), "version": 1}
    morning.services_world.rooms["notifications"].db.deliveries.insert_one(failed)
    morning.services_world.deliver()
    page = morning.agent.get("/").text
    assert ": no thanks" in page
    assert "550 no such mailbox" in page


def test_the_days_mails_are_counted_by_their_state_and_no_line_is_read_for_it(morning: Morning) -> None:
    room = morning.services_world.gateway.room
    for number, state in enumerate(("sent", "sent", "queued", "skipped")):
        facts = {"contact_id": morning.ana, "listing_id": morning.home, "channel": "email"}
        room.hear(f"notifications.delivery.{state}", f"{morning.home}-{number}", facts, agency_id=morning.agency)
    old = {"agency_id": morning.agency, "kind": "delivery", "state": "sent", "at": now() - timedelta(hours=25)}
    room.db.activity.update_one({"_id": f"{morning.agency}/delivery/{morning.home}-1"}, {"$set": old})
    page = morning.admin.get("/").text
    assert ("1 sent" in page, "1 on the way" in page, "0 did not arrive" in page) == (True, True, True)
    query = {"agency_id": morning.agency, "kind": "delivery", "state": {"$in": ["sent"]}, "at": {"$gte": old["at"]}}
    group = [{"$match": query}, {"$group": {"_id": "$state", "n": {"$sum": 1}}}]
    asked = {"aggregate": "activity", "pipeline": group, "cursor": {}}
    told = room.db.command("explain", asked, verbosity="executionStats")
    assert '"totalDocsExamined": 0' in json.dumps(told, default=str)


@pytest.mark.parametrize("away", ["leads", "matching", "notifications"])
def test_a_service_that_is_away_is_named_and_nobody_is_said_to_wait_for_nothing(morning: Morning, away: str) -> None:
    with morning.services_world.without(away):
        page = morning.admin.get("/").text
    assert away == "notifications" or f"{away} is not answering" in page
    assert "Nobody to call" not in page
