"""Answers as JSON: what Flask would have written, in the order of the answer, also where orjson would not."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.json.provider import DefaultJSONProvider

from shared.http.json_provider import JsonProvider


@pytest.fixture
def app() -> Flask:
    app = Flask("test")
    app.json = JsonProvider(app)
    return app


@pytest.mark.parametrize(
    "answer",
    [
        {"z": 1, "a": [None, True, False, 2.5, -0.0, 1e300, "é ✓ \u2028 </script>"]},
        {"day": date(2026, 11, 23), "at": datetime(2026, 11, 23, 12, tzinfo=UTC)},
        {"amount": Decimal("2.50"), "id": UUID(int=5), 7: "a number as a key"},
        {"more than 64 bits": 2**70},
        {"half a character": "\ud800"},
        [],
        None,
    ],
)
def test_an_answer_says_what_flask_would_have_said(app: Flask, answer: Any) -> None:
    assert json.loads(app.json.dumps(answer)) == json.loads(DefaultJSONProvider(app).dumps(answer, sort_keys=False))
    with app.test_request_context():
        assert json.loads(app.json.response(answer).get_data()) == json.loads(app.json.dumps(answer))


def test_the_keys_keep_their_order_and_letters_are_letters(app: Flask) -> None:
    assert app.json.dumps({"b": "é", "a": 1}) == '{"b":"é","a":1}'


def test_what_is_not_json_is_refused_by_its_name(app: Flask) -> None:
    with pytest.raises(TypeError, match="object is not JSON"):
        app.json.dumps({"what": object()})


def test_no_answer_holds_a_number_that_json_does_not_know(app: Flask) -> None:
    assert app.json.dumps([float("nan"), float("inf")]) == "[null,null]"


def test_people_may_ask_for_lines(app: Flask) -> None:
    assert app.json.dumps({"b": 1}, indent=1) == '{\n "b": 1\n}'
