"""The people of an agency, as its admins keep them: invited, given a role, let go; a link and a password."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from services.gateway.accounts.credentials import fingerprint
from services.notifications.channels.email.smtp import Mail
from services.notifications.channels.protocol import Outcome, State
from services.notifications.claims.loop import ClaimLoop
from services.notifications.invitations.sender import InvitationSender
from shared.messaging.event import now
from shared.running.context import new_id
from tests.integration.gateway.gateway_client import GatewayClient, sign_in, token_in
from tests.integration.gateway.services_world import ServicesWorld, open_services_world

CHOSEN = "a password of my own"
LINK = re.compile(r"/welcome/([\w-]+)")


@pytest.fixture(scope="module")
def services_world(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServicesWorld]:
    folder = tmp_path_factory.mktemp("members")
    with open_services_world(folder, mongo_url, module_mongo_prefix, module_amqp_url, ("notifications",)) as found:
        yield found


@pytest.fixture
def gateway(services_world: ServicesWorld) -> GatewayClient:
    return services_world.gateway


class Desk:
    """An agency's admin at a browser."""

    def __init__(self, services_world: ServicesWorld) -> None:
        self.gateway, self.agency = services_world.gateway, services_world.agency(from_address="homes@example.com")
        self.id, self.browser = str(self.agency["id"]), services_world.gateway.signed_in(self.agency["admin"]["email"])

    def post(self, path: str, **typed: Any) -> Any:
        return self.browser.post(path, data={**typed, "csrf_token": token_in(self.browser.get("/account").text)})

    def invite(self, **changes: str) -> Any:
        typed = {"display_name": "Ana Belén", "email": f"{new_id()}@example.com", "role": "agent", "language": "sl"}
        return self.post("/members", **{**typed, **changes})

    def person(self) -> dict[str, Any]:
        """Whoever was invited last."""
        found = self.gateway.room.db["members"].find_one({"agency_id": self.id}, sort=[("_id", -1)])
        assert found
        return dict(found)


@pytest.fixture
def desk(services_world: ServicesWorld) -> Desk:
    return Desk(services_world)


def accept(gateway: GatewayClient, token: str, password: str = CHOSEN) -> tuple[Any, Any]:
    browser = gateway.browser()
    page = browser.get(f"/welcome/{token}")
    assert page.status_code == 200, page.text
    return browser, browser.post(f"/welcome/{token}", data={"password": password, "csrf_token": token_in(page.text)})


def test_somebody_invited_chooses_a_password_and_is_in(desk: Desk, gateway: GatewayClient) -> None:
    answer = desk.invite()
    assert answer.status_code == 200
    token = LINK.search(answer.text)[1]  # type: ignore[index]
    person = desk.person()
    assert token not in str(gateway.room.db["invitations"].find_one({"member_id": person["_id"]}))
    assert "invited until" in desk.browser.get("/members").text
    assert sign_in(gateway.browser(), person["email"], CHOSEN).status_code == 401
    page = gateway.browser().get(f"/welcome/{token}").text
    assert 'lang="sl"' in page
    assert "Ana Belén" in page
    browser, answer = accept(gateway, token)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert browser.get("/").status_code == 200
    assert sign_in(gateway.browser(), person["email"], CHOSEN).status_code == 303
    assert "active" in desk.browser.get("/members").text


def test_an_invitation_opens_one_session_and_ends_after_a_day(desk: Desk, gateway: GatewayClient) -> None:
    token = LINK.search(desk.invite().text)[1]  # type: ignore[index]
    accept(gateway, token)
    assert gateway.browser().get(f"/welcome/{token}").status_code == 404
    late = LINK.search(desk.invite().text)[1]  # type: ignore[index]
    ended = {"$set": {"expire_at": now() - timedelta(seconds=1)}}
    gateway.room.db["invitations"].update_one({"_id": fingerprint(late)}, ended)
    assert gateway.browser().get(f"/welcome/{late}").status_code == 404
    assert "invitation expired" in desk.browser.get("/members").text
    assert gateway.browser().get("/welcome/forged").status_code == 404


def test_a_password_that_is_too_short_is_told_and_uses_nothing_up(desk: Desk, gateway: GatewayClient) -> None:
    token = LINK.search(desk.invite().text)[1]  # type: ignore[index]
    _browser, answer = accept(gateway, token, "short")
    assert answer.status_code == 422
    assert "aria-invalid" in answer.text
    assert accept(gateway, token)[1].status_code == 303


def test_another_link_takes_the_place_of_the_one_before(desk: Desk, gateway: GatewayClient) -> None:
    first = LINK.search(desk.invite().text)[1]  # type: ignore[index]
    second = LINK.search(desk.post(f"/members/{desk.person()['_id']}/invitation").text)[1]  # type: ignore[index]
    assert gateway.browser().get(f"/welcome/{first}").status_code == 404
    assert accept(gateway, second)[1].status_code == 303


def test_the_invitation_is_mailed_in_the_persons_language_and_the_address_is_kept_no_longer(
    desk: Desk, services_world: ServicesWorld
) -> None:
    answer = desk.invite(display_name="Špela Žagar")
    assert "The link is on its way to" in answer.text
    sent: list[Mail] = []

    class Catcher:
        name = "email"

        def hand_over(self, message: Mail, before_final_step: Callable[[], None]) -> Outcome:
            sent.append(message)
            return Outcome(State.ACCEPTED, 250, "")

    room = services_world.rooms["notifications"]
    deps = room.inbox.deps
    loop = ClaimLoop(InvitationSender(deps.invitations, deps.agencies, Catcher(), "https://lintel.example"))
    while loop.handle_next():
        pass
    mail = next(each for each in sent if each.recipient == desk.person()["email"])
    read = message_from_bytes(bytes(mail.message), policy=default)
    assert mail.sender == "homes@example.com"
    assert read["Content-Language"] == "sl-SI"
    link = LINK.search(read.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert link
    assert link[1] in answer.text
    assert room.db["invitations"].count_documents({"agency_id": desk.id}) == 0


def test_without_the_mail_the_admin_still_has_the_link(desk: Desk, services_world: ServicesWorld) -> None:
    with services_world.without("notifications"):
        answer = desk.invite()
    assert "Give them this link yourself" in answer.text
    assert LINK.search(answer.text)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"display_name": " "}, "display_name"),
        ({"role": "operator"}, "role"),
        ({"language": "de"}, "language"),
    ],
)
def test_what_is_not_right_is_named_and_nothing_typed_is_lost(desk: Desk, typed: dict[str, str], field: str) -> None:
    before = desk.gateway.room.db["members"].count_documents({})
    answer = desk.invite(**{"phone": "+34 600 000 000", **typed})
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    assert "+34 600 000 000" in answer.text
    assert desk.gateway.room.db["members"].count_documents({}) == before


def test_an_address_belongs_to_one_person(desk: Desk) -> None:
    answer = desk.invite(email=desk.agency["admin"]["email"])
    assert answer.status_code == 422
    assert "Somebody signs in with this address already." in answer.text


def test_another_role_and_being_let_go_end_the_sessions_and_coming_back_is_possible(
    desk: Desk, gateway: GatewayClient
) -> None:
    ana = gateway.member(desk.id)
    browser = gateway.signed_in(ana["email"])
    typed = {"display_name": "Ana", "email": ana["email"], "role": "manager", "phone": "", "version": "1"}
    assert desk.post(f"/members/{ana['id']}", **typed).status_code == 303
    assert browser.get("/").status_code == 303
    browser = gateway.signed_in(ana["email"])
    assert desk.post(f"/members/{ana['id']}/active", active="no").status_code == 303
    assert browser.get("/").status_code == 303
    assert sign_in(gateway.browser(), ana["email"]).status_code == 401
    assert desk.post(f"/members/{ana['id']}/active", active="yes").status_code == 303
    assert sign_in(gateway.browser(), ana["email"]).status_code == 303


def test_the_last_admin_stays(desk: Desk) -> None:
    admin = desk.agency["admin"]
    answer = desk.post(f"/members/{admin['id']}/active", active="no")
    assert answer.status_code == 422
    assert "Make somebody else an admin first" in answer.text
    typed = {"display_name": "Inés", "email": admin["email"], "role": "agent", "version": "1"}
    answer = desk.post(f"/members/{admin['id']}", **typed)
    assert answer.status_code == 422
    assert "Make somebody else an admin first" in answer.text


def test_who_saves_over_anothers_change_is_told(desk: Desk, gateway: GatewayClient) -> None:
    ana = gateway.member(desk.id)
    typed = {"display_name": "Ana One", "email": ana["email"], "role": "agent", "version": "1"}
    assert desk.post(f"/members/{ana['id']}", **typed).status_code == 303
    answer = desk.post(f"/members/{ana['id']}", **{**typed, "display_name": "Ana Two"})
    assert answer.status_code == 422
    assert "Somebody changed this a moment ago." in answer.text
    assert "Ana Two" in answer.text


def test_an_admin_signs_somebody_out_everywhere_and_takes_a_lost_code_away(desk: Desk, gateway: GatewayClient) -> None:
    ana = gateway.member(desk.id)
    browser = gateway.signed_in(ana["email"])
    assert "One browser is signed in." in desk.browser.get(f"/members/{ana['id']}").text
    desk.post(f"/members/{ana['id']}/sessions-end")
    assert browser.get("/").status_code == 303
    gateway.deps.members.keep_second_step(ana["id"], "A" * 32, 0)
    assert sign_in(gateway.browser(), ana["email"]).headers["Location"].startswith("/sign-in/code")
    desk.post(f"/members/{ana['id']}/second-step-removal")
    assert sign_in(gateway.browser(), ana["email"]).headers["Location"] == "/"


def test_another_agencys_people_are_not_there(desk: Desk, gateway: GatewayClient) -> None:
    other = gateway.agency()
    foreign = other["admin"]["id"]
    assert desk.browser.get(f"/members/{foreign}").status_code == 404
    for path in ("", "/active", "/sessions-end", "/second-step-removal", "/invitation"):
        answer = desk.post(f"/members/{foreign}{path}", active="no", display_name="X", email="x@example.com")
        assert answer.status_code == 404, path
    assert other["admin"]["email"] not in desk.browser.get("/members").text
