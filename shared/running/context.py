"""The context of the current work: the correlation id and the event being handled."""

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
    """One request or one event being handled; events that it causes inherit from it."""

    correlation_id: str
    causation_id: str | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    def next_event_id(self) -> str:
        """A new id; for an event caused by an event, the same id each time that one is handled."""
        if self.causation_id is None:
            return new_id()
        return str(uuid.uuid5(_namespace(self.causation_id), str(next(self._numbers))))


_current: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def working(correlation_id: str, causation_id: str | None = None) -> Iterator[Work]:
    """Set the context for the block."""
    token = _current.set(Work(correlation_id, causation_id))
    try:
        yield current()
    finally:
        _current.reset(token)


def current() -> Work:
    """The current context; a new one outside of any."""
    return _current.get() or Work(correlation_id=new_id())


def new_id() -> str:
    """A UUIDv7: ordered by time, so that inserts touch the newest index pages."""
    return str(uuid_utils.uuid7())


def _namespace(event_id: str) -> uuid.UUID:
    try:
        return uuid.UUID(event_id)
    except ValueError:  # other systems may use other ids
        return uuid.uuid5(uuid.NAMESPACE_URL, event_id)
