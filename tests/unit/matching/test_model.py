"""The rules of saved searches, stamps and feedback."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.matching.model import (
    MOST_HISTORY,
    Feedback,
    SavedSearch,
    better,
    is_cheaper,
    pair_sequence,
    published_sequence,
    stamp,
    vocabulary_of,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_a_stamp_grows_with_either_version_and_holds_both() -> None:
    assert stamp(7, 0) == 7
    assert stamp(7, 0) < stamp(8, 0) < stamp(1, 1) < stamp(1, 2)
    assert (published_sequence(stamp(7, 3)), vocabulary_of(stamp(7, 3))) == (7, 3)


def test_a_pairs_own_version_grows_with_opinions_and_words() -> None:
    assert pair_sequence(stamp(7, 0), 0) < pair_sequence(stamp(7, 0), 1) < pair_sequence(stamp(7, 1), 0)


@pytest.mark.parametrize(
    ("kind", "than", "expected"),
    [
        ("match", "possible", True),
        ("possible", "near", True),
        ("near", "discarded", True),
        ("match", "match", False),
        ("near", "match", False),
    ],
)
def test_a_kind_is_better_than_those_after_it(kind: str, than: str, expected: bool) -> None:
    assert better(kind, than) is expected


def test_prices_compare_in_one_currency_only() -> None:
    assert is_cheaper((1, "EUR"), (2, "EUR"))
    assert not is_cheaper((2, "EUR"), (2, "EUR"))
    assert not is_cheaper((1, "EUR"), (2, "GBP"))
    assert not is_cheaper((None, "EUR"), (2, "EUR"))


def test_the_same_opinion_makes_no_new_version() -> None:
    feedback = Feedback("c1", "home")
    assert feedback.give({"preference": "discard", "reason": "noise", "viewed": True}, "agent:1", NOW)
    assert not feedback.give({"preference": "discard", "reason": "noise", "viewed": True}, "agent:2", NOW)
    assert (feedback.version, feedback.by, feedback.history) == (1, "agent:1", [])


def test_earlier_opinions_are_kept_as_far_as_there_is_room() -> None:
    feedback = Feedback("c1", "home")
    for number in range(MOST_HISTORY + 5):
        feedback.give({"preference": "favorite", "reason_text": str(number), "viewed": True}, "agent:1", NOW)
    assert len(feedback.history) == MOST_HISTORY
    assert (feedback.history[0]["reason_text"], feedback.reason_text) == ("4", str(MOST_HISTORY + 4))


def test_a_removed_search_keeps_nothing_of_what_was_wished() -> None:
    search = SavedSearch("s1", "a1", "c1", {"must_have": ["lift"]}, {"must_have": []}, name="Flat", wordings=["1"])
    search.remove(NOW)
    assert (search.removed, search.name, search.wishes, search.resolved, search.wordings) == (True, None, {}, {}, [])
    assert (search.version, search.events) == (1, ["matching.search.removed"])
