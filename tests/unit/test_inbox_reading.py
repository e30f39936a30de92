"""What an inbox refuses before a handler sees it, without a database."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import MagicMock

import pytest

from shared.contracts import CONTRACTS
from shared.messaging.inbox import Inbox
from tests.contract.published import sample

REPEATED = sorted(type_ for type_, contract in CONTRACTS.items() if contract.subject)


def reason(type_: str, body: dict[str, Any]) -> str:
    """Why a body is dead on arrival."""
    db = MagicMock()
    inbox = Inbox(db, {type_: lambda *_: None}, None, "me")
    assert inbox.receive(json.dumps(body).encode()) == "dead"
    row: dict[str, Any] = db["inbox"].update_one.call_args.args[1]["$setOnInsert"]
    return str(row["error"])


def test_events_of_a_whole_thing_repeat_its_id() -> None:
    assert "matching.search.saved" in REPEATED
    assert "properties.listing.changed" in REPEATED


@pytest.mark.parametrize("type_", REPEATED)
def test_an_event_whose_data_names_another_subject_is_dead(type_: str) -> None:
    body = json.loads(sample(type_))
    assert body["data"][CONTRACTS[type_].subject] == body["subject"]
    assert "another subject" in reason(type_, body | {"subject": "another"})
