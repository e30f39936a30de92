"""What a process has built at its start is exempt from later collections; what comes later is not."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from shared.running.memory import settle


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_there_is_not_looked_through_again() -> None:
    before: list[object] = [[]]
    settle()
    after: list[object] = [[]]
    looked_through = {id(one) for one in gc.get_objects()}
    assert id(before) not in looked_through
    assert id(after) in looked_through


class Loop:
    """Refers to itself, so that only the collector can end it."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_is_not_kept_for_ever() -> None:
    gc.disable()
    try:
        ended = weakref.ref(Loop())
        assert ended() is not None
        settle()
        assert ended() is None
    finally:
        gc.enable()
