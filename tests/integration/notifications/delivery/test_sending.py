"""Deliveries handed to a real mail server: every way it ends, every way a sender dies, every change of heart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.notifications.channels.email.content import message_id
from services.notifications.channels.email.smtp import EmailChannel
from services.notifications.delivery import model
from shared.messaging.event import now
from tests.integration.notifications.delivery.loops import Loop, lapse, send_all
from tests.integration.notifications.world import AgencyWorld


def test_an_accepted_alert_is_sent_once(world: AgencyWorld, sender: Loop, office: Any) -> None:
    world.matches_found(world.match(search="s1"), world.match(search="s2"))
    send_all(sender)
    sender.sender.tidy()
    send_all(sender)
    (row,) = world.rows()
    assert (row["state"], row["reason"], row["attempts"]) == ("sent", None, 1)
    assert row["sent_at"] <= now()
    (letter,) = office.handler.letters
    assert letter.rcpt_tos == [f"eva.{world.agency}@example.com"]
    assert message_id(row["_id"], world.room.settings.public_url).encode() in letter.original_content
    assert world.published() == {"queued": 1, "sent": 1}


def test_a_couple_that_shares_a_mailbox_gets_a_mail_each(world: AgencyWorld, sender: Loop, office: Any) -> None:
    for name in ("ann", "bob"):
        world.knows(name, address="we@example.com")
    world.matches_found(world.match("ann", search="s1"), world.match("bob", search="s2"))
    send_all(sender)
    assert [letter.rcpt_tos for letter in office.handler.letters] == [["we@example.com"]] * 2


def test_many_senders_send_each_alert_once(world: AgencyWorld, office: Any) -> None:
    names = [f"p{number}" for number in range(12)]
    for name in names:
        world.knows(name)
    world.matches_found(*(world.match(name, search=f"s-{name}") for name in names))
    mail = EmailChannel(f"smtp://127.0.0.1:{office.port}?starttls=off", 5)
    threads = [threading.Thread(target=send_all, args=(world.sending(mail, f"sender-{n}"),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mail.close()
    assert sorted(letter.rcpt_tos[0] for letter in office.handler.letters) == sorted(
        f"{name}.{world.agency}@example.com" for name in names
    )
    assert {state for state, _ in world.states()} == {"sent"}


def test_a_passing_refusal_is_tried_again_with_growing_delays(world: AgencyWorld, sender: Loop, office: Any) -> None:
    office.handler.answers["RCPT"] = "451 busy"
    world.matches_found()
    for delay in model.DELAYS[:4]:
        before = now()
        send_all(sender)
        (row,) = world.rows()
        assert (row["state"], row["reason"]) == ("queued", "deferred")
        assert before + delay <= row["not_before"] <= now() + delay
        world.set(row, not_before=now())
    office.handler.answers.clear()
    send_all(sender)
    assert world.states() == [("sent", None)]
    assert world.rows()[0]["attempts"] == 5


def test_what_was_refused_for_a_day_has_failed(world: AgencyWorld, sender: Loop, office: Any) -> None:
    office.handler.answers["RCPT"] = "451 busy"
    world.matches_found()
    world.set(world.rows()[0], created_at=now() - timedelta(hours=24, minutes=1))
    send_all(sender)
    assert world.states() == [("failed", "deferred")]
    assert world.published() == {"queued": 1, "failed": 1}


def test_a_mail_server_that_is_away_costs_a_delay_only(world: AgencyWorld, sender: Loop, office: Any) -> None:
    office.stop()
    world.matches_found()
    send_all(sender)
    assert world.rows()[0]["state"] == "queued"


def test_an_address_refused_for_good_is_not_tried_again_by_any_alert(
    world: AgencyWorld, sender: Loop, office: Any
) -> None:
    office.handler.answers["RCPT"] = "550 no such mailbox"
    world.matches_found()
    send_all(sender)
    office.handler.answers.clear()
    world.matches_found(sequence=2, entered_by="price", list_price=280_000)
    send_all(sender)
    assert world.states() == [("failed", "refused"), ("skipped", "suppressed")]
    assert office.handler.letters == []
    assert "example.com" not in str(list(world.room.db.suppressions.find()))


def test_an_alert_queued_before_its_address_was_refused_is_skipped_at_the_claim(
    world: AgencyWorld, sender: Loop, office: Any
) -> None:
    office.handler.answers["RCPT"] = "550 no such mailbox"
    world.matches_found()
    world.matches_found(id=world.id("other"))
    send_all(sender)
    assert sorted(world.states()) == [("failed", "refused"), ("skipped", "suppressed")]


@pytest.mark.parametrize("step", ["DATA", "DOT"])
def test_a_mail_refused_for_good_fails_and_leaves_the_address_alone(
    world: AgencyWorld, sender: Loop, office: Any, step: str
) -> None:
    office.handler.answers[step] = "554 spam"
    world.matches_found()
    send_all(sender)
    office.handler.answers.clear()
    world.matches_found(sequence=2, entered_by="price", list_price=280_000)
    send_all(sender)
    assert world.states() == [("failed", "refused"), ("sent", None)]


def test_an_unclear_hand_over_is_unknown_and_never_repeated_by_itself(
    world: AgencyWorld, sender: Loop, office: Any
) -> None:
    office.handler.drops.add("DOT")
    world.matches_found()
    send_all(sender)
    office.handler.drops.clear()
    sender.sender.tidy()
    send_all(sender)
    assert [state for state, _ in world.states()] == ["unknown"]
    assert office.handler.greetings == 1
    assert world.published() == {"queued": 1, "unknown": 1}
    world.resend(world.rows()[0])
    send_all(sender)
    assert world.states() == [("sent", None)]


def test_a_sender_that_died_after_its_claim_is_replaced_and_the_mail_goes_once(
    world: AgencyWorld, sender: Loop, office: Any
) -> None:
    world.matches_found()
    assert world.room.inbox.deps.deliveries.claim("dead")
    sender.sender.tidy()
    send_all(sender)
    assert world.states() == [("claimed", None)], "the lease still runs"
    lapse(world)
    sender.sender.tidy()
    send_all(sender)
    assert world.states() == [("sent", None)]
    assert len(office.handler.letters) == 1


def test_a_sender_that_died_while_handing_over_leaves_an_unknown(world: AgencyWorld, sender: Loop, office: Any) -> None:
    world.matches_found()
    deliveries = world.room.inbox.deps.deliveries
    delivery = deliveries.claim("dead")
    delivery.begin_hand_over(now())
    deliveries.save(delivery)
    lapse(world)
    sender.sender.tidy()
    send_all(sender)
    assert [state for state, _ in world.states()] == ["unknown"]
    assert office.handler.letters == []
    assert world.published() == {"queued": 1, "unknown": 1}


def test_a_sender_whose_lease_was_taken_over_stops_before_the_final_dot(
    world: AgencyWorld, sender: Loop, office: Any
) -> None:
    world.matches_found()
    deliveries = world.room.inbox.deps.deliveries
    channel = sender.sender.channels["email"]  # type: ignore[attr-defined]
    hand_over = channel.hand_over

    def slowly(mail: Any, before_final_step: Callable[[], None]) -> Any:
        lapse(world)
        sender.sender.tidy()
        assert deliveries.claim("heir")
        return hand_over(mail, before_final_step)

    channel.hand_over = slowly
    sender.handle_next()
    assert office.handler.letters == []
    assert (world.rows()[0]["state"], world.rows()[0]["lease_owner"]) == ("claimed", "heir")


def test_the_lease_begins_anew_when_the_mail_is_handed_over(world: AgencyWorld, sender: Loop, office: Any) -> None:
    world.matches_found()
    channel = sender.sender.channels["email"]  # type: ignore[attr-defined]
    hand_over, seen = channel.hand_over, []

    def late(mail: Any, before_final_step: Callable[[], None]) -> Any:
        world.set(world.rows()[0], lease_until=now() + timedelta(seconds=1))

        def mark() -> None:
            before_final_step()
            seen.append(world.rows()[0])

        return hand_over(mail, mark)

    channel.hand_over = late
    send_all(sender)
    assert [row["state"] for row in seen] == ["handing_over"]
    assert seen[0]["lease_until"] > now() + timedelta(seconds=50)


def test_an_alert_that_ends_every_process_that_claims_it_is_given_up(world: AgencyWorld, sender: Loop) -> None:
    world.matches_found()
    for _ in range(model.MOST_LAPSES):
        assert world.room.inbox.deps.deliveries.claim("dies")
        lapse(world)
        sender.sender.tidy()
    assert [state for state, _ in world.states()] == ["failed"]
    assert world.published() == {"queued": 1, "failed": 1}


def test_the_loop_sends_what_it_is_woken_for_and_ends_when_told(world: AgencyWorld, sender: Loop, office: Any) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=sender.run, args=(stop,))
    thread.start()
    world.matches_found()
    sender.wake.set()
    arrived = threading.Event()
    for _ in range(200):
        if office.handler.letters or arrived.wait(0.05):
            break
    stop.set()
    sender.wake.set()
    thread.join(10)
    assert not thread.is_alive()
    assert world.states() == [("sent", None)]
