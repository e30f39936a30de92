"""Links to people's own pages: mailed to those who have the address, and to nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from services.notifications.channels.email.smtp import Mail
from services.notifications.channels.protocol import Outcome, State
from services.notifications.claims.loop import ClaimLoop
from services.notifications.sign_in_links.sender import SignInLinkSender
from services.notifications.sign_in_links.store import SignInLinkRow
from shared.http.links import address_print, read
from shared.messaging.event import now
from shared.running.context import new_id
from tests.integration.notifications.world import AgencyWorld, open_world
from tests.integration.rooms import Room


class Box:
    """Stands for the mail server: keeps what it is handed, and answers as told."""

    name = "email"

    def __init__(self, *states: State) -> None:
        self.states, self.letters = list(states), list[EmailMessage]()

    def hand_over(self, mail: Mail, before_final_step: Any) -> Outcome:
        state = self.states.pop(0) if self.states else State.ACCEPTED
        if state is State.ACCEPTED:
            before_final_step()
            self.letters.append(mail.message)
        return Outcome(state, 250, "")


def ask(room: Room, address: str, minutes: float = 10) -> None:
    until = (now() + timedelta(minutes=minutes)).isoformat()
    data = {"address_print": address_print(room.settings.secret_key, address), "until": until}
    assert room.hear("gateway.link.requested", new_id(), data, 1, "platform") == "done"


def sending(room: Room, box: Box) -> ClaimLoop[SignInLinkRow]:
    deps, settings = room.inbox.deps, room.settings
    sender = SignInLinkSender(
        deps.sign_in_links, deps.people, deps.agencies, box, settings.secret_key, settings.public_url
    )
    return ClaimLoop(sender)


def sent(room: Room, *states: State) -> list[EmailMessage]:
    box = Box(*states)
    while sending(room, box).handle_next():
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
    world = open_world(room)
    world.knows("eva", address="Eva.Links@example.com", consent=False)
    ask(room, " eva.links@EXAMPLE.com")
    [letter] = sent(room)
    assert letter["To"].addresses[0].addr_spec == "Eva.Links@example.com"
    assert letter["Content-Language"] == "sl-SI"
    assert letter["List-Unsubscribe"] is None
    told = link_in(room, letter)
    assert (told["agency_id"], told["contact_id"], told["language"]) == (world.agency, world.id("eva"), "sl")
    assert 590 < told["until"] - now().timestamp() <= 600
    html = letter.get_body(("html",))
    assert html is not None
    assert "/me/sign-in/" in html.get_content()


def test_nobody_is_written_to_for_an_address_that_is_not_known(room: Room) -> None:
    ask(room, "stranger@example.com")
    assert sent(room) == []
    assert room.db.sign_in_links.count_documents({}) == 0


def test_an_address_that_several_agencies_know_gets_a_link_from_each(room: Room) -> None:
    desks = [open_world(room), open_world(room)]
    for world in desks:
        world.knows("eva", address="shared@example.com")
    ask(room, "shared@example.com")
    assert {link_in(room, letter)["agency_id"] for letter in sent(room)} == {world.agency for world in desks}


def test_another_address_takes_the_old_ones_place(room: Room) -> None:
    world = open_world(room)
    world.knows("eva", address="old@example.com")
    world.reach("eva", "new@example.com", 2)
    ask(room, "old@example.com")
    assert sent(room) == []
    ask(room, "new@example.com")
    assert len(sent(room)) == 1


def test_a_request_that_comes_twice_sends_one_mail(room: Room) -> None:
    world = open_world(room)
    world.knows("eva", address="twice@example.com")
    handler = room.inbox.deps.sign_in_links.of(world.agency)
    for _ in range(2):
        handler.add("one-request", world.id("eva"), now() + timedelta(minutes=5))
    assert len(sent(room)) == 1


def test_a_link_that_cannot_be_handed_over_now_is_tried_again_while_it_is_of_use(room: Room) -> None:
    world = open_world(room)
    world.knows("eva", address="later@example.com")
    ask(room, "later@example.com")
    assert sent(room, State.DEFERRED) == []
    room.db.sign_in_links.update_many({}, {"$set": {"not_before": now()}})
    assert len(sent(room)) == 1
    ask(room, "later@example.com", minutes=-1)
    assert sent(room) == []


def test_somebody_erased_or_with_a_dead_address_gets_none(room: Room) -> None:
    world = open_world(room)
    world.knows("eva", address="gone@example.com")
    ask(room, "gone@example.com")
    world.erase("eva")
    assert sent(room) == []
    ask(room, "gone@example.com")
    world.knows("ana", address="bounced@example.com")
    room.inbox.deps.people.suppress("bounced@example.com", "RCPT: 550")
    ask(room, "bounced@example.com")
    assert sent(room) == []


def test_a_link_waits_for_what_is_not_known_yet_of_the_person(room: Room) -> None:
    world: AgencyWorld = open_world(room)
    world.reach("eva", "half@example.com")
    ask(room, "half@example.com")
    assert sent(room) == []
    world.knows("eva", address="half@example.com")
    room.db.sign_in_links.update_many({}, {"$set": {"not_before": now()}})
    assert len(sent(room)) == 1
