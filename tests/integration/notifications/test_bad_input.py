"""Bad input to what notifications lets be written, and to its questions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.bad_input import refuses_bad_input
from tests.integration.notifications.world import Desk


def test_bad_input_to_a_resend_is_refused_and_changes_nothing(desk: Desk) -> None:
    desk.found()
    desk.set(desk.rows()[0], state="failed")
    path = f"/v1/deliveries/{desk.rows()[0]['_id']}/resend"
    refuses_bad_input(desk.room, "POST", path, {}, agency=desk.agency)
    assert desk.room.call("POST", path, agency=desk.agency, json={}).status_code == 200


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("deliveries", {"state": "lost"}, "state"),
        ("deliveries", {"contact_id": ""}, "contact_id"),
        ("deliveries", {"limit": 201}, "limit"),
        ("deliveries", {"limit": "many"}, "limit"),
        ("deliveries", {"cursor": "!!"}, "cursor"),
        ("deliveries", {"cursor": "e30"}, "cursor"),
        ("sendability", {"contact_id": "c", "listing_id": "l"}, "saved_search_id"),
        ("sendability", {"contact_id": "c", "listing_id": "l", "saved_search_id": "s" * 65}, "saved_search_id"),
    ],
)
def test_a_question_that_is_wrong_is_refused_by_name(desk: Desk, path: str, query: dict[str, Any], field: str) -> None:
    answer = desk.get(path, **query)
    assert answer.status_code == 422, answer.text
    assert field in str(answer.json["errors"])


def test_nothing_of_nobody_is_a_404(desk: Desk) -> None:
    assert desk.get("deliveries/nothing").status_code == 404
    assert desk.room.call("POST", "/v1/deliveries/nothing/resend", agency=desk.agency).status_code == 404
    query = {"contact_id": "nobody", "listing_id": "l", "saved_search_id": "s"}
    assert desk.get("sendability", **query).status_code == 404
