"""Links to people's own pages: mailed to those who have the address, and to nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from services.notifications.channels.email.smtp import Outcome, State
from services.notifications.sign_in_links.sender import Inviting
from shared.http.links import address_print, read
from shared.messaging.event import now
from shared.running.context import new_id
from tests.integration.notifications.world import Desk, open_desk
from tests.integration.rooms import Room


class Box:
    """Stands for the mail server: keeps what it is handed, and answers as told."""

    def __init__(self, *states: State) -> None:
        self.states, self.letters = list(states), list[EmailMessage]()

    def hand_over(self, message: EmailMessage, sender: str, recipient: str, before_final_dot: Any) -> Outcome:
        state = self.states.pop(0) if self.states else State.ACCEPTED
        if state is State.ACCEPTED:
            before_final_dot()
            self.letters.append(message)
        return Outcome(state, 250, "")


def ask(room: Room, address: str, minutes: float = 10) -> None:
    until = (now() + timedelta(minutes=minutes)).isoformat()
    data = {"address_print": address_print(room.settings.secret_key, address), "until": until}
    assert room.hear("gateway.link.requested", new_id(), data, 1, "platform") == "done"


def inviting(room: Room, box: Box) -> Inviting:
    return Inviting(room.inbox.deps, box, room.settings.secret_key, room.settings.public_url)


def sent(room: Room, *states: State) -> list[EmailMessage]:
    box = Box(*states)
    while inviting(room, box).send_next():
        pass
    return box.letters


def link_in(room: Room, letter: EmailMessage) -> dict[str, Any]:
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"/me/sign-in/(\S+)", body.get_content())
    assert found
    told = read(room.settings.secret_key, "sign-in", found[1])
    assert told is not None
    return told


def test_who_has_the_address_gets_a_link_in_their_language(room: Room) -> None:
    desk = open_desk(room)
    desk.knows("eva", address="Eva.Links@example.com", consent=False)
    ask(room, " eva.links@EXAMPLE.com")
    [letter] = sent(room)
    assert letter["To"].addresses[0].addr_spec == "Eva.Links@example.com"
    assert letter["Content-Language"] == "sl-SI"
    assert letter["List-Unsubscribe"] is None
    told = link_in(room, letter)
    assert (told["agency_id"], told["contact_id"], told["language"]) == (desk.agency, desk.id("eva"), "sl")
    assert 590 < told["until"] - now().timestamp() <= 600
    html = letter.get_body(("html",))
    assert html is not None
    assert "/me/sign-in/" in html.get_content()


def test_nobody_is_written_to_for_an_address_that_is_not_known(room: Room) -> None:
    ask(room, "stranger@example.com")
    assert sent(room) == []
    assert room.db.links.count_documents({}) == 0


def test_an_address_that_several_agencies_know_gets_a_link_from_each(room: Room) -> None:
    desks = [open_desk(room), open_desk(room)]
    for desk in desks:
        desk.knows("eva", address="shared@example.com")
    ask(room, "shared@example.com")
    assert {link_in(room, letter)["agency_id"] for letter in sent(room)} == {desk.agency for desk in desks}


def test_another_address_takes_the_old_ones_place(room: Room) -> None:
    desk = open_desk(room)
    desk.knows("eva", address="old@example.com")
    desk.reach("eva", "new@example.com", 2)
    ask(room, "old@example.com")
    assert sent(room) == []
    ask(room, "new@example.com")
    assert len(sent(room)) == 1


def test_a_request_that_comes_twice_sends_one_mail(room: Room) -> None:
    desk = open_desk(room)
    desk.knows("eva", address="twice@example.com")
    handler = room.inbox.deps.links.of(desk.agency)
    for _ in range(2):
        handler.add("one-request", desk.id("eva"), now() + timedelta(minutes=5))
    assert len(sent(room)) == 1


def test_a_link_that_cannot_be_handed_over_now_is_tried_again_while_it_is_of_use(room: Room) -> None:
    desk = open_desk(room)
    desk.knows("eva", address="later@example.com")
    ask(room, "later@example.com")
    assert sent(room, State.DEFERRED) == []
    room.db.links.update_many({}, {"$set": {"not_before": now()}})
    assert len(sent(room)) == 1
    ask(room, "later@example.com", minutes=-1)
    assert sent(room) == []


def test_somebody_erased_or_with_a_dead_address_gets_none(room: Room) -> None:
    desk = open_desk(room)
    desk.knows("eva", address="gone@example.com")
    ask(room, "gone@example.com")
    desk.erase("eva")
    assert sent(room) == []
    ask(room, "gone@example.com")
    desk.knows("ana", address="bounced@example.com")
    room.inbox.deps.people.suppress("bounced@example.com", "RCPT: 550")
    ask(room, "bounced@example.com")
    assert sent(room) == []


def test_a_link_waits_for_what_is_not_known_yet_of_the_person(room: Room) -> None:
    desk: Desk = open_desk(room)
    desk.reach("eva", "half@example.com")
    ask(room, "half@example.com")
    assert sent(room) == []
    desk.knows("eva", address="half@example.com")
    room.db.links.update_many({}, {"$set": {"not_before": now()}})
    assert len(sent(room)) == 1
