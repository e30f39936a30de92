"""The gateway before services that really answer: the way out of the alerts, and dead letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from shared.http.links import sign
from tests.integration.gateway.gateway_client import AGENCY, GatewayClient, token_in
from tests.integration.gateway.services_world import open_services_world
from tests.integration.rooms import Room


@dataclass
class Street:
    """A gateway and the leads that it calls."""

    gateway: GatewayClient
    leads: Room

    def person(self, agency_id: str) -> str:
        """Somebody who agreed to alerts; returns the contact's id."""
        self.leads.hear("gateway.agency.changed", agency_id, AGENCY, 1, agency_id)
        consent = {"purpose": "alerts", "channel": "email", "state": "granted", "wording_version": "1", "source": "web"}
        body = {"full_name": "Ana Beltrán", "email": "ana@example.com", "consents": [consent]}
        made = self.leads.call("POST", "/v1/contacts", agency=agency_id, json=body)
        assert made.status_code == 201, made.json
        return str(made.json["id"])

    def link(self, agency_id: str, contact_id: str, **more: Any) -> str:
        """The way out as it stands in a mail."""
        who = {"agency_id": agency_id, "contact_id": contact_id, "scope": "alerts", **more}
        return "/u/" + sign(self.gateway.room.settings.secret_key, "exits", who)

    def alerts(self, agency_id: str, contact_id: str) -> str:
        """What counts now for alerts by e-mail."""
        now = self.leads.call("GET", f"/v1/contacts/{contact_id}/consents/current", agency=agency_id).json
        return next(row["state"] for row in now["items"] if (row["purpose"], row["channel"]) == ("alerts", "email"))


@pytest.fixture(scope="module")
def street(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Street]:
    folder = tmp_path_factory.mktemp("street")
    with open_services_world(folder, mongo_url, module_mongo_prefix, module_amqp_url, ("leads",)) as services_world:
        yield Street(services_world.gateway, services_world.rooms["leads"])


def test_a_get_only_asks_and_a_post_stops_the_alerts_at_once_and_again(street: Street) -> None:
    contact_id = street.person("agency-a")
    link = street.link("agency-a", contact_id, language="sl")
    asked = street.gateway.browser().get(link)
    assert asked.status_code == 200
    assert "Ustavimo obvestila po e-pošti?" in asked.text
    assert street.alerts("agency-a", contact_id) == "granted"
    for _ in range(2):
        done = street.gateway.browser().post(link, data="List-Unsubscribe=One-Click", content_type="text/plain")
        assert done.status_code == 200
        assert "Set-Cookie" not in done.headers
        assert street.alerts("agency-a", contact_id) == "withdrawn"


def test_the_mailers_own_post_needs_no_cookie_no_token_and_no_page(street: Street) -> None:
    contact_id = street.person("agency-a")
    answer = street.gateway.browser().post(
        street.link("agency-a", contact_id),
        data={"List-Unsubscribe": "One-Click"},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"},
    )
    assert answer.status_code == 200
    assert street.alerts("agency-a", contact_id) == "withdrawn"


def test_a_forged_link_stops_nothing(street: Street) -> None:
    contact_id = street.person("agency-a")
    forged = "/u/" + sign("another secret of sixteen", "exits", {"agency_id": "agency-a", "contact_id": contact_id})
    purpose = "/u/" + sign(
        street.gateway.room.settings.secret_key, "home", {"agency_id": "agency-a", "contact_id": contact_id}
    )
    for link in (forged, purpose, street.link("agency-a", contact_id)[:-2], "/u/x"):
        assert street.gateway.browser().post(link).status_code == 404
    assert street.alerts("agency-a", contact_id) == "granted"


def test_somebody_forgotten_in_between_gets_the_same_answer(street: Street) -> None:
    assert street.gateway.browser().post(street.link("agency-a", "nobody")).status_code == 200


def test_when_leads_is_away_the_mailer_may_try_again(street: Street) -> None:
    deps = street.gateway.deps
    before = deps.upstream._urls
    deps.upstream._urls = {"leads": "http://127.0.0.1:1"}
    answer = street.gateway.browser().post(street.link("agency-a", "c1"))
    deps.upstream._urls = before
    assert answer.status_code == 503


def test_an_admin_replays_and_discards_the_own_agencys_dead_letters_alone(street: Street) -> None:
    mine, other = street.gateway.agency(), street.gateway.agency()
    inbox = street.leads.db["inbox"]
    for row_id, agency in (("d1", mine["id"]), ("d2", mine["id"]), ("d3", other["id"])):
        row = {"_id": row_id, "state": "dead", "agency_id": agency, "type": "matching.search.saved", "attempts": 6}
        inbox.insert_one({**row, "subject": "s", "error": f"cause of {row_id}", "error_class": "KeyError"})
    browser = street.gateway.signed_in(mine["admin"]["email"])
    page = browser.get("/services").text
    assert "cause of d1" in page
    assert "cause of d3" not in page
    form = {"csrf_token": token_in(page)}
    assert browser.post("/dead/leads/d1/replay", data=form).status_code == 303
    assert inbox.find_one({"_id": "d1"})["state"] == "parked"
    assert browser.post("/dead/leads/d2/discard", data={**form, "reason": ""}).status_code == 422
    assert browser.post("/dead/leads/d2/discard", data={**form, "reason": "known"}).status_code == 303
    assert inbox.find_one({"_id": "d2"})["state"] == "discarded"
    assert browser.post("/dead/leads/d3/replay", data=form).status_code == 404
    assert inbox.find_one({"_id": "d3"})["state"] == "dead"
    assert browser.post("/dead/nowhere/d3/replay", data=form).status_code == 404
