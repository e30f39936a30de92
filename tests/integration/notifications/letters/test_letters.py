"""Letters: what a member writes by hand, to whom it may go, how it is called off, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from services.notifications.channels.email.smtp import EmailChannel
from shared.messaging.event import now
from tests.integration.notifications.conftest import Office
from tests.integration.notifications.world import AgencyWorld

HOME = {
    "id": "home-1",
    "list_price": 295_000,
    "currency": "EUR",
    "property_sub_type": "apartment",
    "street_name": "Calle Sagasta",
    "city": "Cádiz",
    "bedrooms_total": 3,
}
OTHER = {**HOME, "id": "home-2", "street_name": "Rua da Graça", "list_price": 310_000}


def card(home: dict[str, Any] = HOME, **more: Any) -> dict[str, Any]:
    return {"listing": home, "reasons": ["15.000 € pod zgornjo mejo"], "misses": ["ni garaže"], **more}


def write(world: AgencyWorld, *cards: dict[str, Any], name: str = "eva", **more: Any) -> Any:
    """A member writes to somebody; the answer."""
    body = {"contact_id": world.id(name), "cards": list(cards) or [card()], "note": "Pokličite me.", **more}
    return world.room.call("POST", "/v1/deliveries", agency=world.agency, json=body)


def call_off(world: AgencyWorld, delivery_id: str, agency: str = "") -> Any:
    return world.room.call("POST", f"/v1/deliveries/{delivery_id}/cancellation", agency=agency or world.agency)


def send(world: AgencyWorld, office: Office) -> None:
    """Let the moment for calling off go by, and send."""
    for row in world.rows():
        world.set(row, not_before=now() - timedelta(seconds=1))
    sending = world.sending(EmailChannel(f"smtp://127.0.0.1:{office.port}"))
    while sending.handle_next():
        pass


def test_a_letter_waits_a_moment_and_then_leaves_as_one_mail_with_every_home(
    world: AgencyWorld, open_office: Callable[..., Office]
) -> None:
    office = open_office()
    answer = write(world, card(), card(OTHER))
    assert answer.status_code == 201, answer.json
    assert (answer.json["state"], answer.json["kind"]) == ("queued", "letter")
    assert answer.json["listing_ids"] == ["home-1", "home-2"]
    assert not world.sending(EmailChannel(f"smtp://127.0.0.1:{office.port}")).handle_next()
    send(world, office)
    (envelope,) = office.handler.letters
    mail = message_from_bytes(envelope.content, policy=policy.default)
    html = mail.get_body(("html",)).get_content()
    for part in (html, mail.get_body(("plain",)).get_content()):
        for words in ("Pokličite me.", "Calle Sagasta", "Rua da Graça", "15.000 € pod zgornjo mejo", "ni garaže"):
            assert words in part, words
    assert 'lang="sl-SI"' in html
    assert mail["List-Unsubscribe"].startswith("<http")
    assert world.states() == [("sent", None)]


def test_word_of_it_goes_out_once_its_fate_is_known(world: AgencyWorld, open_office: Callable[..., Office]) -> None:
    write(world, card(), card(OTHER))
    assert world.published() == {}
    send(world, open_office())
    assert world.published() == {"sent": 1}
    (event,) = [each for each in world.room.events() if each["agencyid"] == world.agency]
    assert event["data"]["listing_ids"] == ["home-1", "home-2"]
    assert event["data"]["kind"] == "letter"


def test_it_is_called_off_while_it_waits_and_no_longer_once_it_has_left(
    world: AgencyWorld, open_office: Callable[..., Office]
) -> None:
    first, second = write(world).json["id"], write(world).json["id"]
    assert [call_off(world, first).status_code for _ in range(2)] == [200, 200]
    office = open_office()
    send(world, office)
    assert len(office.handler.letters) == 1
    assert call_off(world, second).status_code == 409
    assert sorted(state for state, _ in world.states()) == ["canceled", "sent"]


def test_another_agency_finds_nothing_to_call_off(world: AgencyWorld) -> None:
    made = write(world).json["id"]
    assert call_off(world, made, "another-agency").status_code == 404
    assert world.states() == [("queued", None)]


@pytest.mark.parametrize(("purpose", "allowed"), [("service", True), ("alerts", True), ("marketing", False)])
def test_an_agreement_to_service_or_to_alerts_is_enough(world: AgencyWorld, purpose: str, allowed: bool) -> None:
    world.knows("ana", consent=False)
    assert write(world, name="ana").status_code == 409
    world.consents("ana", 2, purpose=purpose)
    assert write(world, name="ana").status_code == (201 if allowed else 409)


def test_a_letter_to_somebody_who_has_not_agreed_is_refused_and_nothing_is_queued(world: AgencyWorld) -> None:
    world.knows("ana", consent=False)
    answer = write(world, name="ana")
    assert answer.status_code == 409
    refusal = {"code": "no_consent", "detail": "No consent to these e-mails."}
    assert answer.json["errors"] == {"contact_id": [refusal]}
    assert world.rows() == []


def test_an_agreement_that_is_taken_back_in_between_stops_it(
    world: AgencyWorld, open_office: Callable[..., Office]
) -> None:
    write(world)
    world.consents("eva", 2, "withdrawn")
    office = open_office()
    send(world, office)
    assert office.handler.letters == []
    assert world.states() == [("skipped", "no_consent")]


def test_it_does_not_end_with_a_match_or_a_home_and_is_forgotten_with_its_reader(world: AgencyWorld) -> None:
    write(world, card({**HOME, "id": world.id("home")}))
    world.matches_found()
    world.matches_lost("s1")
    world.status("pending", 3)
    assert ("queued", None) in world.states()
    world.erase()
    (row,) = world.rows(kind="letter")
    assert (row["state"], row["reason"]) == ("canceled", "erased")
    assert "note" not in row
    assert "cards" not in row


def test_it_is_listed_under_each_of_its_homes(world: AgencyWorld) -> None:
    write(world, card(), card(OTHER))
    for home in ("home-1", "home-2"):
        (line,) = world.get("deliveries", listing_id=home).json["items"]
        assert line["kind"] == "letter"
        assert line["leaves_at"]
    assert world.get("deliveries", listing_id="home-3").json["items"] == []


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("cards", {"cards": []}),
        ("cards", {"cards": [card(), card()]}),
        ("cards", {"cards": [{"listing": {"id": "h", "colour": "red"}}]}),
        ("note", {"note": "x" * 4001}),
        ("contact_id", {"contact_id": ""}),
        ("mood", {"mood": "good"}),
    ],
)
def test_what_is_wrong_is_named(world: AgencyWorld, field: str, body: dict[str, Any]) -> None:
    told = {"contact_id": world.id("eva"), "cards": [card()], **body}
    answer = world.room.call("POST", "/v1/deliveries", agency=world.agency, json=told)
    assert answer.status_code == 422
    assert field in answer.json["errors"]
