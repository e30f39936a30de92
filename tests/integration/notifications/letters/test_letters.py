"""Letters: what a member writes by hand, to whom it may go, how it is called off, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from services.notifications.channels.email.smtp import Sender
from shared.messaging.event import now
from tests.integration.notifications.conftest import Office
from tests.integration.notifications.world import Desk

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


def write(desk: Desk, *cards: dict[str, Any], name: str = "eva", **more: Any) -> Any:
    """A member writes to somebody; the answer."""
    body = {"contact_id": desk.id(name), "cards": list(cards) or [card()], "note": "Pokličite me.", **more}
    return desk.room.call("POST", "/v1/deliveries", agency=desk.agency, json=body)


def call_off(desk: Desk, delivery_id: str, agency: str = "") -> Any:
    return desk.room.call("POST", f"/v1/deliveries/{delivery_id}/cancellation", agency=agency or desk.agency)


def send(desk: Desk, office: Office) -> None:
    """Let the moment for calling off go by, and send."""
    for row in desk.rows():
        desk.set(row, not_before=now() - timedelta(seconds=1))
    sending = desk.sending(Sender(f"smtp://127.0.0.1:{office.port}"))
    while sending.send_next():
        pass


def test_a_letter_waits_a_moment_and_then_leaves_as_one_mail_with_every_home(
    desk: Desk, open_office: Callable[..., Office]
) -> None:
    office = open_office()
    answer = write(desk, card(), card(OTHER))
    assert answer.status_code == 201, answer.json
    assert (answer.json["state"], answer.json["kind"]) == ("queued", "letter")
    assert answer.json["listing_ids"] == ["home-1", "home-2"]
    assert not desk.sending(Sender(f"smtp://127.0.0.1:{office.port}")).send_next()
    send(desk, office)
    (envelope,) = office.handler.letters
    mail = message_from_bytes(envelope.content, policy=policy.default)
    html = mail.get_body(("html",)).get_content()
    for part in (html, mail.get_body(("plain",)).get_content()):
        for words in ("Pokličite me.", "Calle Sagasta", "Rua da Graça", "15.000 € pod zgornjo mejo", "ni garaže"):
            assert words in part, words
    assert 'lang="sl-SI"' in html
    assert mail["List-Unsubscribe"].startswith("<http")
    assert desk.states() == [("sent", None)]


def test_word_of_it_goes_out_once_its_fate_is_known(desk: Desk, open_office: Callable[..., Office]) -> None:
    write(desk, card(), card(OTHER))
    assert desk.told() == {}
    send(desk, open_office())
    assert desk.told() == {"sent": 1}
    (event,) = [each for each in desk.room.events() if each["agencyid"] == desk.agency]
    assert event["data"]["listing_ids"] == ["home-1", "home-2"]
    assert event["data"]["kind"] == "letter"


def test_it_is_called_off_while_it_waits_and_no_longer_once_it_has_left(
    desk: Desk, open_office: Callable[..., Office]
) -> None:
    first, second = write(desk).json["id"], write(desk).json["id"]
    assert [call_off(desk, first).status_code for _ in range(2)] == [200, 200]
    office = open_office()
    send(desk, office)
    assert len(office.handler.letters) == 1
    assert call_off(desk, second).status_code == 409
    assert sorted(state for state, _ in desk.states()) == ["canceled", "sent"]


def test_another_agency_finds_nothing_to_call_off(desk: Desk) -> None:
    made = write(desk).json["id"]
    assert call_off(desk, made, "another-agency").status_code == 404
    assert desk.states() == [("queued", None)]


@pytest.mark.parametrize(("purpose", "allowed"), [("service", True), ("alerts", True), ("marketing", False)])
def test_an_agreement_to_service_or_to_alerts_is_enough(desk: Desk, purpose: str, allowed: bool) -> None:
    desk.knows("ana", consent=False)
    assert write(desk, name="ana").status_code == 409
    desk.consents("ana", 2, purpose=purpose)
    assert write(desk, name="ana").status_code == (201 if allowed else 409)


def test_who_may_not_be_written_to_is_told_with_the_reason_and_nothing_is_queued(desk: Desk) -> None:
    desk.knows("ana", consent=False)
    answer = write(desk, name="ana")
    assert answer.status_code == 409
    assert answer.json["errors"] == {"contact_id": ["No consent to these e-mails"]}
    path = "reachability"
    found = desk.get(path, contact_id=[desk.id("eva"), desk.id("ana"), desk.id("nobody")]).json["items"]
    assert [(row["writable"], row["reason"]) for row in found] == [
        (True, None),
        (False, "no_consent"),
        (False, "contact_unknown"),
    ]
    assert desk.rows() == []


def test_an_agreement_that_is_taken_back_in_between_stops_it(desk: Desk, open_office: Callable[..., Office]) -> None:
    write(desk)
    desk.consents("eva", 2, "withdrawn")
    office = open_office()
    send(desk, office)
    assert office.handler.letters == []
    assert desk.states() == [("skipped", "no_consent")]


def test_it_does_not_end_with_a_match_or_a_home_and_is_forgotten_with_its_reader(desk: Desk) -> None:
    write(desk, card({**HOME, "id": desk.id("home")}))
    desk.found()
    desk.lost("s1")
    desk.status("pending", 3)
    assert ("queued", None) in desk.states()
    desk.erase()
    (row,) = desk.rows(kind="letter")
    assert (row["state"], row["reason"]) == ("canceled", "erased")
    assert "note" not in row
    assert "cards" not in row


def test_it_is_listed_under_each_of_its_homes(desk: Desk) -> None:
    write(desk, card(), card(OTHER))
    for home in ("home-1", "home-2"):
        (line,) = desk.get("deliveries", listing_id=home).json["items"]
        assert line["kind"] == "letter"
        assert line["leaves_at"]
    assert desk.get("deliveries", listing_id="home-3").json["items"] == []


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
def test_what_is_wrong_is_named(desk: Desk, field: str, body: dict[str, Any]) -> None:
    told = {"contact_id": desk.id("eva"), "cards": [card()], **body}
    answer = desk.room.call("POST", "/v1/deliveries", agency=desk.agency, json=told)
    assert answer.status_code == 422
    assert field in answer.json["errors"]
