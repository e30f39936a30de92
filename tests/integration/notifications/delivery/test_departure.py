"""Deliveries checked once more before they leave: what news since has made wrong goes nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.notifications.channels.email.smtp import EmailChannel
from tests.integration.notifications.delivery.loops import Loop, lapse, send_all
from tests.integration.notifications.world import AgencyWorld
from tests.integration.rooms import Room


def withdraw(world: AgencyWorld) -> None:
    world.consents("eva", 2, "withdrawn")


def erase(world: AgencyWorld) -> None:
    world.erase()


def suppress(world: AgencyWorld) -> None:
    world.room.inbox.deps.people.suppress(f"eva.{world.agency}@example.com", "test")


def leave_the_market(world: AgencyWorld) -> None:
    world.status("pending", 2)


def lose(world: AgencyWorld) -> None:
    world.matches_lost()


@pytest.mark.parametrize(
    ("change", "ends"),
    [
        (withdraw, ("skipped", "no_consent")),
        (erase, ("skipped", "erased")),
        (suppress, ("skipped", "suppressed")),
        (leave_the_market, ("canceled", "listing_pending")),
        (lose, ("canceled", "match_lost")),
    ],
)
def test_everything_is_asked_once_more_at_the_claim(
    world: AgencyWorld,
    sender: Loop,
    office: Any,
    change: Callable[[AgencyWorld], None],
    ends: tuple[str, str],
) -> None:
    world.matches_found()
    row = world.rows()[0]
    world.set(row, state="failed")  # out of reach of the change, and sent again by an agent afterwards
    change(world)
    assert world.resend(row).status_code == 200
    send_all(sender)
    assert (world.states(), office.handler.letters) == ([ends], [])


def test_an_erased_persons_alert_that_was_already_claimed_goes_nowhere(
    world: AgencyWorld, sender: Loop, office: Any
) -> None:
    world.matches_found()
    world.room.inbox.deps.deliveries.claim("dead")
    world.erase()
    lapse(world)
    sender.sender.tidy()
    send_all(sender)
    assert (world.states(), office.handler.letters) == ([("skipped", "erased")], [])


def test_a_status_that_is_older_than_the_alert_does_not_stop_it(world: AgencyWorld, sender: Loop, office: Any) -> None:
    world.status("withdrawn", 2)
    world.matches_found(sequence=3, entered_by="status")
    send_all(sender)
    assert world.states() == [("sent", None)]


def test_an_agency_that_is_not_known_yet_is_waited_for(room: Room, office: Any) -> None:
    world = AgencyWorld(room, "agency-late")
    world.knows()
    world.matches_found()
    mail = EmailChannel(f"smtp://127.0.0.1:{office.port}?starttls=off", 5)
    sender = world.sending(mail)
    send_all(sender)
    sender.sender.tidy()
    assert world.states() == [("waiting", "agency_unknown")]
    world.knows_agency()
    send_all(sender)
    mail.close()
    assert world.states() == [("sent", None)]
    room.db.deliveries.delete_many({})


def test_an_alert_that_can_never_become_a_mail_fails_with_the_field(
    world: AgencyWorld, sender: Loop, office: Any
) -> None:
    world.reach("eva", "eva@example.com\r\nBcc: all@example.com", 2)
    world.knows("ann")
    world.matches_found()
    world.matches_found(world.match("ann"), id=world.id("other"))
    send_all(sender)
    assert {row["contact_id"]: row["state"] for row in world.rows()} == {
        world.id("eva"): "failed",
        world.id("ann"): "sent",
    }
    assert [letter.rcpt_tos for letter in office.handler.letters] == [[f"ann.{world.agency}@example.com"]]
