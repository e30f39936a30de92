"""What is shown of a message that nobody could read."""

from __future__ import annotations

import json

from shared.messaging.masking import outline

PERSON = {"full_name": "Ana López", "email": "ana@example.com"}


def test_what_it_is_about_stays_and_what_it_says_of_anybody_goes() -> None:
    wire = {"id": "e1", "type": "leads.contact.changed", "sequence": 3, "subject": "c1", "data": PERSON}
    shown = outline(json.dumps(wire))
    assert (shown["id"], shown["type"], shown["sequence"]) == ("e1", "leads.contact.changed", 3)
    assert shown["data"] == {"full_name": "text of 9", "email": "text of 15"}
    assert shown["subject"] == "text of 2"


def test_no_shape_of_a_message_tells_a_value() -> None:
    for body in ("Ana López", "[", json.dumps([PERSON]), json.dumps({"type": PERSON}), json.dumps({"id": "Ana " * 30})):
        assert "Ana" not in str(outline(body))


def test_depth_and_size_are_bounded() -> None:
    deep: object = PERSON
    for _ in range(50):
        deep = {"data": deep}
    assert len(str(outline(json.dumps(deep)))) < 300
    assert outline(json.dumps({"n": [1] * 9, "yes": True, "none": None})) == {
        "n": "a list of 9",
        "yes": "yes or no",
        "none": "nothing",
    }
