"""Deliveries handed to a real mail server: every way it ends, every way a sender dies, every change of heart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from services.notifications.channels.email.content import message_id
from services.notifications.channels.email.smtp import Sender
from services.notifications.delivery import model
from services.notifications.delivery.sender import Sending
from shared.messaging.event import now
from tests.integration.notifications.world import Desk
from tests.integration.rooms import Room


@pytest.fixture
def office(open_office: Callable[..., Any]) -> Any:
    return open_office()


@pytest.fixture
def sender(desk: Desk, office: Any) -> Iterator[Sending]:
    mail = Sender(f"smtp://127.0.0.1:{office.port}?starttls=off", 5)
    yield desk.sending(mail)
    mail.close()


def send_all(sender: Sending) -> None:
    while sender.send_next():
        pass


def lapse(desk: Desk) -> None:
    desk.set(desk.rows()[0], lease_until=now() - timedelta(seconds=1))


def test_an_accepted_alert_is_sent_once(desk: Desk, sender: Sending, office: Any) -> None:
    desk.found(desk.match(search="s1"), desk.match(search="s2"))
    send_all(sender)
    sender.tidy()
    send_all(sender)
    (row,) = desk.rows()
    assert (row["state"], row["reason"], row["attempts"]) == ("sent", None, 1)
    assert row["sent_at"] <= now()
    (letter,) = office.handler.letters
    assert letter.rcpt_tos == [f"eva.{desk.agency}@example.com"]
    assert message_id(row["_id"], desk.room.settings.public_url).encode() in letter.original_content
    assert desk.told() == {"queued": 1, "sent": 1}


def test_a_couple_that_shares_a_mailbox_gets_a_mail_each(desk: Desk, sender: Sending, office: Any) -> None:
    for name in ("ann", "bob"):
        desk.knows(name, address="we@example.com")
    desk.found(desk.match("ann", search="s1"), desk.match("bob", search="s2"))
    send_all(sender)
    assert [letter.rcpt_tos for letter in office.handler.letters] == [["we@example.com"]] * 2


def test_many_senders_send_each_alert_once(desk: Desk, office: Any) -> None:
    names = [f"p{number}" for number in range(12)]
    for name in names:
        desk.knows(name)
    desk.found(*(desk.match(name, search=f"s-{name}") for name in names))
    mail = Sender(f"smtp://127.0.0.1:{office.port}?starttls=off", 5)
    threads = [threading.Thread(target=send_all, args=(desk.sending(mail, f"sender-{n}"),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mail.close()
    assert sorted(letter.rcpt_tos[0] for letter in office.handler.letters) == sorted(
        f"{name}.{desk.agency}@example.com" for name in names
    )
    assert {state for state, _ in desk.states()} == {"sent"}


def test_a_passing_refusal_is_tried_again_with_growing_delays(desk: Desk, sender: Sending, office: Any) -> None:
    office.handler.answers["RCPT"] = "451 busy"
    desk.found()
    for delay in model.DELAYS[:4]:
        before = now()
        send_all(sender)
        (row,) = desk.rows()
        assert (row["state"], row["reason"]) == ("queued", "RCPT: busy")
        assert before + delay <= row["not_before"] <= now() + delay
        desk.set(row, not_before=now())
    office.handler.answers.clear()
    send_all(sender)
    assert desk.states() == [("sent", None)]
    assert desk.rows()[0]["attempts"] == 5


def test_what_was_refused_for_a_day_has_failed(desk: Desk, sender: Sending, office: Any) -> None:
    office.handler.answers["RCPT"] = "451 busy"
    desk.found()
    desk.set(desk.rows()[0], created_at=now() - timedelta(hours=24, minutes=1))
    send_all(sender)
    assert desk.states() == [("failed", "RCPT: busy")]
    assert desk.told() == {"queued": 1, "failed": 1}


def test_a_mail_server_that_is_away_costs_a_delay_only(desk: Desk, sender: Sending, office: Any) -> None:
    office.stop()
    desk.found()
    send_all(sender)
    assert desk.rows()[0]["state"] == "queued"


def test_an_address_refused_for_good_is_not_tried_again_by_any_alert(desk: Desk, sender: Sending, office: Any) -> None:
    office.handler.answers["RCPT"] = "550 no such mailbox"
    desk.found()
    send_all(sender)
    office.handler.answers.clear()
    desk.found(sequence=2, entered_by="price", list_price=280_000)
    send_all(sender)
    assert desk.states() == [("failed", "RCPT: no such mailbox"), ("skipped", "suppressed")]
    assert office.handler.letters == []
    assert "example.com" not in str(list(desk.room.db.suppressions.find()))


def test_an_alert_queued_before_its_address_was_refused_is_skipped_at_the_claim(
    desk: Desk, sender: Sending, office: Any
) -> None:
    office.handler.answers["RCPT"] = "550 no such mailbox"
    desk.found()
    desk.found(id=desk.id("other"))
    send_all(sender)
    assert sorted(desk.states()) == [("failed", "RCPT: no such mailbox"), ("skipped", "suppressed")]


@pytest.mark.parametrize("step", ["DATA", "DOT"])
def test_a_mail_refused_for_good_fails_and_leaves_the_address_alone(
    desk: Desk, sender: Sending, office: Any, step: str
) -> None:
    office.handler.answers[step] = "554 spam"
    desk.found()
    send_all(sender)
    office.handler.answers.clear()
    desk.found(sequence=2, entered_by="price", list_price=280_000)
    send_all(sender)
    assert desk.states() == [("failed", f"{step}: spam"), ("sent", None)]


def test_an_unclear_hand_over_is_unknown_and_never_repeated_by_itself(desk: Desk, sender: Sending, office: Any) -> None:
    office.handler.drops.add("DOT")
    desk.found()
    send_all(sender)
    office.handler.drops.clear()
    sender.tidy()
    send_all(sender)
    assert [state for state, _ in desk.states()] == ["unknown"]
    assert office.handler.greetings == 1
    assert desk.told() == {"queued": 1, "unknown": 1}
    desk.resend(desk.rows()[0])
    send_all(sender)
    assert desk.states() == [("sent", None)]


def test_a_sender_that_died_after_its_claim_is_replaced_and_the_mail_goes_once(
    desk: Desk, sender: Sending, office: Any
) -> None:
    desk.found()
    assert desk.room.inbox.deps.deliveries.claim("dead")
    sender.tidy()
    send_all(sender)
    assert desk.states() == [("claimed", None)], "the lease still runs"
    lapse(desk)
    sender.tidy()
    send_all(sender)
    assert desk.states() == [("sent", None)]
    assert len(office.handler.letters) == 1


def test_a_sender_that_died_while_handing_over_leaves_an_unknown(desk: Desk, sender: Sending, office: Any) -> None:
    desk.found()
    deliveries = desk.room.inbox.deps.deliveries
    row = deliveries.claim("dead")
    assert deliveries.mark(row, ("claimed",), state="handing_over")
    lapse(desk)
    sender.tidy()
    send_all(sender)
    assert [state for state, _ in desk.states()] == ["unknown"]
    assert office.handler.letters == []
    assert desk.told() == {"queued": 1, "unknown": 1}


def test_a_sender_whose_lease_was_taken_over_stops_before_the_final_dot(
    desk: Desk, sender: Sending, office: Any
) -> None:
    desk.found()
    deliveries = desk.room.inbox.deps.deliveries
    hand_over = sender.mail.hand_over

    def slowly(message: Any, mail_from: str, recipient: str, before_final_dot: Callable[[], None]) -> Any:
        lapse(desk)
        sender.tidy()
        assert deliveries.claim("heir")
        return hand_over(message, mail_from, recipient, before_final_dot)

    sender.mail.hand_over = slowly  # type: ignore[method-assign]
    sender.send_next()
    assert office.handler.letters == []
    assert (desk.rows()[0]["state"], desk.rows()[0]["lease_owner"]) == ("claimed", "heir")


def test_the_lease_begins_anew_when_the_mail_is_handed_over(desk: Desk, sender: Sending, office: Any) -> None:
    desk.found()
    hand_over, seen = sender.mail.hand_over, []

    def late(message: Any, mail_from: str, recipient: str, before_final_dot: Callable[[], None]) -> Any:
        desk.set(desk.rows()[0], lease_until=now() + timedelta(seconds=1))

        def mark() -> None:
            before_final_dot()
            seen.append(desk.rows()[0])

        return hand_over(message, mail_from, recipient, mark)

    sender.mail.hand_over = late  # type: ignore[method-assign]
    send_all(sender)
    assert [row["state"] for row in seen] == ["handing_over"]
    assert seen[0]["lease_until"] > now() + timedelta(seconds=50)


def test_an_alert_that_ends_every_process_that_claims_it_is_given_up(desk: Desk, sender: Sending) -> None:
    desk.found()
    for _ in range(model.MOST_LAPSES):
        assert desk.room.inbox.deps.deliveries.claim("dies")
        lapse(desk)
        sender.tidy()
    assert [state for state, _ in desk.states()] == ["failed"]
    assert desk.told() == {"queued": 1, "failed": 1}


def withdraw(desk: Desk) -> None:
    desk.consents("eva", 2, "withdrawn")


def erase(desk: Desk) -> None:
    desk.erase()


def suppress(desk: Desk) -> None:
    desk.room.inbox.deps.people.suppress(f"eva.{desk.agency}@example.com", "test")


def leave_the_market(desk: Desk) -> None:
    desk.status("pending", 2)


def lose(desk: Desk) -> None:
    desk.lost()


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
    desk: Desk, sender: Sending, office: Any, change: Callable[[Desk], None], ends: tuple[str, str]
) -> None:
    desk.found()
    row = desk.rows()[0]
    desk.set(row, state="failed")  # out of reach of the change, and sent again by an agent afterwards
    change(desk)
    assert desk.resend(row).status_code == 200
    send_all(sender)
    assert (desk.states(), office.handler.letters) == ([ends], [])


def test_an_erased_persons_alert_that_was_already_claimed_goes_nowhere(
    desk: Desk, sender: Sending, office: Any
) -> None:
    desk.found()
    desk.room.inbox.deps.deliveries.claim("dead")
    desk.erase()
    lapse(desk)
    sender.tidy()
    send_all(sender)
    assert (desk.states(), office.handler.letters) == ([("skipped", "erased")], [])


def test_a_status_that_is_older_than_the_alert_does_not_stop_it(desk: Desk, sender: Sending, office: Any) -> None:
    desk.status("withdrawn", 2)
    desk.found(sequence=3, entered_by="status")
    send_all(sender)
    assert desk.states() == [("sent", None)]


def test_an_agency_that_is_not_known_yet_is_waited_for(room: Room, office: Any) -> None:
    desk = Desk(room, "agency-late")
    desk.knows()
    desk.found()
    mail = Sender(f"smtp://127.0.0.1:{office.port}?starttls=off", 5)
    sender = desk.sending(mail)
    send_all(sender)
    sender.tidy()
    assert desk.states() == [("waiting", "agency_unknown")]
    desk.knows_agency()
    send_all(sender)
    mail.close()
    assert desk.states() == [("sent", None)]
    room.db.deliveries.delete_many({})


def test_an_alert_that_can_never_become_a_mail_fails_with_the_field(desk: Desk, sender: Sending, office: Any) -> None:
    desk.reach("eva", "eva@example.com\r\nBcc: all@example.com", 2)
    desk.knows("ann")
    desk.found()
    desk.found(desk.match("ann"), id=desk.id("other"))
    send_all(sender)
    assert {row["contact_id"]: row["state"] for row in desk.rows()} == {
        desk.id("eva"): "failed",
        desk.id("ann"): "sent",
    }
    assert [letter.rcpt_tos for letter in office.handler.letters] == [[f"ann.{desk.agency}@example.com"]]


def test_the_loop_sends_what_it_is_woken_for_and_ends_when_told(desk: Desk, sender: Sending, office: Any) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=sender.run, args=(stop,))
    thread.start()
    desk.found()
    sender.wake.set()
    arrived = threading.Event()
    for _ in range(200):
        if office.handler.letters or arrived.wait(0.05):
            break
    stop.set()
    sender.wake.set()
    thread.join(10)
    assert not thread.is_alive()
    assert desk.states() == [("sent", None)]
