"""What surrounds the work in hand: the correlation id and the event being handled."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count

import uuid_utils


@dataclass
class Work:
    """One request or one event in hand; events that it causes inherit from it."""

    correlation_id: str
    causation_id: str | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    def next_event_id(self) -> str:
        """A fresh id, or, for an event caused by an event, the same id however often that one is handled."""
        if self.causation_id is None:
            return new_id()
        return str(uuid.uuid5(_namespace(self.causation_id), str(next(self._numbers))))


_current: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def working(correlation_id: str, causation_id: str | None = None) -> Iterator[Work]:
    """Set the surroundings for the block."""
    token = _current.set(Work(correlation_id, causation_id))
    try:
        yield current()
    finally:
        _current.reset(token)


def current() -> Work:
    """The work in hand; outside of any, a new one."""
    return _current.get() or Work(correlation_id=new_id())


def new_id() -> str:
    """A UUIDv7: ordered by time, so that index pages stay warm."""
    return str(uuid_utils.uuid7())


def _namespace(event_id: str) -> uuid.UUID:
    try:
        return uuid.UUID(event_id)
    except ValueError:  # other systems may use other ids
        return uuid.uuid5(uuid.NAMESPACE_URL, event_id)
