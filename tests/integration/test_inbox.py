"""The inbox on a real MongoDB: once, parked, dead, raised again, and never a crash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from pymongo.database import Database

from shared.errors import NotFound, NotYetKnown, Pause
from shared.messaging import outbox
from shared.messaging.dead_entries import DeadEntries
from shared.messaging.event import Envelope, Event, now
from shared.messaging.inbox import DELAYS, INBOX, Inbox, Staged, forget_contact
from shared.messaging.outbox import OUTBOX
from shared.running.context import new_id
from shared.running.service import COMMON_INDEXES
from shared.storage import mongo
from tests.integration.rooms import an_event

SAVED, ERASED = "matching.search.removed", "leads.contact.erased"


@dataclass
class Service:
    """A service that counts what it handles, and fails when it is told to."""

    db: Database[Any]
    error: Exception | None = None
    inbox: Inbox = field(init=False)

    def __post_init__(self) -> None:
        handlers = {SAVED: Service.handle, ERASED: Service.erase}
        self.inbox = Inbox(self.db, handlers, self, "me")

    def handle(self, event: Event[Any]) -> None:
        """Count, tell on, and perhaps fail: all of it or nothing."""
        self.db.handled.insert_one({"event": event.id})
        outbox.record(self.db, "matching", "matching.search.saved", event.agency_id, event.subject, 1, {})
        if self.error is not None:
            raise self.error

    def erase(self, event: Event[Any]) -> None:
        """Forget a person."""
        forget_contact(self.db, event.subject)

    def receive(self, event: Envelope, count: int = 0) -> str:
        """Deliver an event."""
        return self.inbox.receive(event.to_wire().encode(), count)

    def row(self, event: Envelope) -> dict[str, Any]:
        """The inbox's row of an event."""
        found: dict[str, Any] | None = self.db[INBOX].find_one({"_id": event.id})
        assert found is not None
        return found

    def make_due(self) -> None:
        """Let the time of everything parked come."""
        self.db[INBOX].update_many({"state": "parked"}, {"$set": {"not_before": now() - timedelta(seconds=1)}})

    @property
    def handled(self) -> int:
        """How often something was handled for good."""
        return self.db.handled.count_documents({})


@pytest.fixture
def service(mongo_url: str, mongo_prefix: str) -> Iterator[Service]:
    client = mongo.connect(mongo_url, "test")
    db = mongo.database(client, f"{mongo_prefix}leads")
    mongo.prepare(db, {**COMMON_INDEXES, "handled": []})
    yield Service(db)
    client.close()


def an_erasable(contact_id: str = "c1") -> Envelope:
    return an_event(SAVED, "s1", {"contact_id": contact_id})


def test_an_event_delivered_twice_is_handled_once(service: Service) -> None:
    event = an_erasable()
    assert [service.receive(event), service.receive(event)] == ["done", "duplicate"]
    assert service.handled == 1
    assert service.db[OUTBOX].count_documents({}) == 1
    assert "event" not in service.row(event), "what is done keeps no data"


def test_the_same_event_causes_the_same_events_however_often_it_is_handled(service: Service) -> None:
    event = an_erasable()
    service.receive(event)
    caused = service.db[OUTBOX].find_one({})
    service.db[INBOX].delete_many({})
    service.db[OUTBOX].delete_many({})
    service.receive(event)
    again = service.db[OUTBOX].find_one({})
    assert caused is not None
    assert again is not None
    assert caused["_id"] == again["_id"]
    assert json.loads(caused["body"])["causationid"] == event.id


@pytest.mark.parametrize("error", [ValueError("with a name in it"), NotYetKnown("the contact has not arrived yet")])
def test_what_fails_is_parked_without_a_trace_and_handled_later(service: Service, error: Exception) -> None:
    event = an_erasable()
    service.error = error
    assert service.receive(event) == "parked"
    row = service.row(event)
    assert (row["state"], row["attempts"], row["error_class"]) == ("parked", 1, type(error).__name__)
    assert "a name in it" not in row["error"]
    assert (service.handled, service.db[OUTBOX].count_documents({})) == (0, 0)
    assert not service.inbox.retry_due(), "its time has not come"
    service.error = None
    service.make_due()
    assert service.inbox.retry_due()
    assert (service.row(event)["state"], service.handled) == ("done", 1)


def test_delays_grow_and_after_the_last_the_event_is_dead(service: Service) -> None:
    event = an_erasable()
    service.error = ValueError()
    service.receive(event)
    waits = [service.row(event)["not_before"] - service.row(event)["at"]]
    for _ in range(len(DELAYS) - 1):
        service.make_due()
        before = now()
        assert service.inbox.retry_due()
        waits.append(service.row(event)["not_before"] - before)
        assert service.row(event)["state"] == "parked"
    assert all(wait >= delay for wait, delay in zip(waits, DELAYS, strict=True))
    assert all(wait < longer for wait, longer in zip(waits, DELAYS[1:], strict=False))
    service.make_due()
    assert service.inbox.retry_due()
    row = service.row(event)
    assert (row["state"], row["attempts"]) == ("dead", len(DELAYS) + 1)
    service.make_due()
    assert not service.inbox.retry_due()


def dead(service: Service, event: Envelope) -> None:
    """Let an event die."""
    service.error = ValueError()
    service.receive(event)
    for _ in DELAYS:
        service.make_due()
        service.inbox.retry_due()
    assert service.row(event)["state"] == "dead"
    service.error = None


def test_a_dead_event_is_replayed_by_its_own_agency_alone(service: Service) -> None:
    event = an_erasable()
    dead(service, event)
    for stranger in (DeadEntries(service.db, "agency-b", "admin:b"), DeadEntries(service.db, None, "operator:o")):
        assert stranger.page(10, None).items == []
        with pytest.raises(NotFound):
            stranger.replay(event.id)
    mine = DeadEntries(service.db, "agency-a", "admin:a")
    assert [entry["id"] for entry in mine.page(10, None).items] == [event.id]
    mine.replay(event.id)
    assert service.inbox.retry_due()
    assert (service.row(event)["state"], service.handled) == ("done", 1)
    assert service.receive(event) == "duplicate"


def test_a_replayed_event_that_fails_has_all_its_attempts_again(service: Service) -> None:
    event = an_erasable()
    dead(service, event)
    DeadEntries(service.db, "agency-a", "admin:a").replay(event.id)
    service.error = ValueError()
    assert service.inbox.retry_due()
    assert (service.row(event)["state"], service.row(event)["attempts"]) == ("parked", 1)


def test_a_discarded_event_is_gone_with_its_data_and_the_reason_stays(service: Service) -> None:
    event = an_erasable()
    dead(service, event)
    dead_entries = DeadEntries(service.db, "agency-a", "admin:a")
    shown = dead_entries.show(event.id)
    assert shown["event"]["data"] == {"contact_id": "c1"}
    dead_entries.discard(event.id, "a test")
    row = service.row(event)
    assert (row["state"], "event" in row, "expire_at" in row) == ("discarded", False, True)
    assert service.receive(event) == "duplicate"
    with pytest.raises(NotFound):
        dead_entries.replay(event.id)
    [note] = service.db.inbox_audit.find({"entry_id": event.id})
    assert (note["action"], note["reason"], note["actor"]) == ("discard", "a test", "admin:a")


def test_what_killed_its_process_again_and_again_is_parked_before_it_is_touched(service: Service) -> None:
    event = an_erasable()
    assert service.receive(event, count=3) == "parked"
    assert (service.handled, service.row(event)["error_class"]) == (0, "_Died")
    service.make_due()
    assert service.inbox.retry_due()
    assert service.handled == 1


def test_what_the_broker_gave_up_on_is_parked_too(service: Service) -> None:
    event = an_erasable()
    assert service.inbox.receive(event.to_wire().encode(), gave_up=True) == "parked"
    assert service.row(event)["state"] == "parked"


def test_a_retry_that_kills_its_process_counts(service: Service) -> None:
    class Killed(BaseException):
        """Nothing of ours runs after it."""

    event = an_erasable()
    service.error = ValueError()
    service.receive(event)

    def die(_deps: Any, _event: Event[Any]) -> None:
        raise Killed

    dying = Inbox(service.db, {SAVED: die}, None, "somebody who dies")
    for attempt in range(2, len(DELAYS) + 2):
        service.make_due()
        with pytest.raises(Killed):
            dying.retry_due()
        assert (service.row(event)["state"], service.row(event)["attempts"]) == ("parked", attempt)
        assert not service.inbox.retry_due(), "its lease has not ended"
    service.make_due()
    service.inbox.retry_due()
    assert service.row(event)["state"] == "dead"
    assert service.handled == 0


def test_who_lost_the_lease_of_a_retry_undoes_what_it_did(service: Service) -> None:
    event = an_erasable()
    service.error = ValueError()
    service.receive(event)
    service.make_due()

    def slow(_deps: Any, found: Event[Any]) -> None:
        service.db.handled.insert_one({"event": found.id})

    stale = Inbox(service.db, {SAVED: slow}, None, "somebody slow")
    claimed = stale._claim()
    assert claimed is not None
    service.error = None
    service.make_due()
    assert service.inbox.retry_due()
    assert stale._once(stale._read(claimed["event"]), stale._close_claimed) == "duplicate"
    assert service.handled == 1


def test_what_is_parked_or_dead_of_an_erased_person_never_comes_back(service: Service) -> None:
    parked, buried, other = an_erasable(), an_erasable(), an_erasable("c2")
    dead(service, buried)
    service.error = NotYetKnown("not yet")
    service.receive(parked)
    service.receive(other)
    service.error = None
    assert service.receive(an_event(ERASED, "c1", {}, 9)) == "done"
    service.make_due()
    while service.inbox.retry_due():
        pass
    assert [service.row(event)["state"] for event in (parked, buried, other)] == ["discarded", "discarded", "done"]
    assert "event" not in service.row(parked)
    assert service.handled == 1
    with pytest.raises(NotFound):
        DeadEntries(service.db, "agency-a", "admin:a").replay(buried.id)


def wire(**changes: Any) -> bytes:
    """An event's bytes, with something else in them."""
    return json.dumps({**json.loads(an_erasable().to_wire()), **changes}).encode()


MALFORMED: list[tuple[Callable[[], bytes], str]] = [
    (lambda: b"", "not JSON"),
    (lambda: b"\xff\xfe\x00", "not JSON"),
    (lambda: b"[" * 100_000, "not JSON"),
    (lambda: an_erasable().to_wire().encode("utf-16"), "not JSON"),
    (lambda: wire(subject="s").replace(b'"s"', b'"\xed\xa0\x80"'), "not JSON"),
    (lambda: b'"hello"', "not a JSON object"),
    (lambda: b"{}", "specversion"),
    (lambda: wire(id=""), "id must be"),
    (lambda: wire(id={"$ne": None}), "id must be"),
    (lambda: wire(agencyid=None), "agencyid"),
    (lambda: wire(sequence="1"), "sequence"),
    (lambda: wire(data=[]), "data an object"),
    (lambda: wire(type="bakery.bread.baked"), "not a type"),
    (lambda: wire(type="properties.listing.changed"), "not a type"),
    (lambda: wire(source="/leads"), "source"),
    (lambda: wire(data={}), "contact_id"),
    (lambda: wire(data={"contact_id": {"$ne": None}}), "contact_id"),
    (lambda: wire(data={"contact_id": "c1", "more": float("nan")}), "not JSON"),
    (lambda: wire(data={"contact_id": "c1", "more": "big"}).replace(b'"big"', b"-1e400"), "not JSON"),
    (lambda: wire(data={"contact_id": "c1", "more": "\ud800"}), "half a character"),
    (lambda: wire(data={"contact_id": "c1", "more": "x" * 5_000_000}), "too large"),
]


@pytest.mark.parametrize(("body", "reason"), MALFORMED, ids=[reason for _, reason in MALFORMED])
def test_what_is_no_event_of_ours_is_dead_with_the_reason_and_the_next_is_handled(
    service: Service, body: Callable[[], bytes], reason: str
) -> None:
    assert service.inbox.receive(body()) == "dead"
    [entry] = DeadEntries(service.db, None, "operator:o").page(10, None).items
    assert reason in entry["error"]
    assert service.receive(an_erasable()) == "done"
    assert DeadEntries(service.db, "agency-a", "admin:a").page(10, None).items == []
    with pytest.raises(NotFound):
        DeadEntries(service.db, None, "operator:o").replay(entry["id"])


def test_a_sequence_beyond_what_the_database_holds_parks_and_harms_nobody(service: Service) -> None:
    def keep(_deps: Any, event: Event[Any]) -> None:
        service.db.handled.insert_one({"sequence": event.sequence})

    inbox = Inbox(service.db, {SAVED: keep}, None, "me")
    assert inbox.receive(wire(id=new_id(), sequence=10**30)) == "parked"
    assert service.receive(an_erasable()) == "done"


def test_what_a_handler_needs_being_away_is_no_fault_of_the_event(service: Service) -> None:
    event = an_erasable()
    service.error = Pause()
    with pytest.raises(Pause):
        service.receive(event)
    assert service.db[INBOX].count_documents({}) == 0
    service.error = None
    assert service.receive(event) == "done"


def test_a_handler_in_two_steps_commits_the_first_by_itself(service: Service) -> None:
    fails = [True]

    def prepare(_deps: Any, event: Event[Any]) -> str:
        service.db.handled.insert_one({"event": event.id})
        return "prepared"

    def finish(_deps: Any, _event: Event[Any], prepared: str) -> None:
        outbox.record(service.db, "matching", "matching.search.saved", "agency-a", prepared, 1, {})
        if fails.pop():
            raise ValueError

    inbox = Inbox(service.db, {SAVED: Staged(prepare, finish)}, None, "me")
    assert inbox.receive(an_erasable().to_wire().encode()) == "parked"
    assert (service.handled, service.db[OUTBOX].count_documents({})) == (1, 0)
    fails.append(False)
    service.make_due()
    assert inbox.retry_due()
    assert (service.handled, service.db[OUTBOX].count_documents({})) == (2, 1)
