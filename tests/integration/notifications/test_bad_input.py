"""Bad input to what notifications lets be written, and to its questions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.bad_input import refuses_bad_input
from tests.integration.notifications.world import AgencyWorld


def test_bad_input_to_a_resend_is_refused_and_changes_nothing(world: AgencyWorld) -> None:
    world.matches_found()
    world.set(world.rows()[0], state="failed")
    path = f"/v1/deliveries/{world.rows()[0]['_id']}/resend"
    refuses_bad_input(world.room, "POST", path, {}, agency=world.agency)
    assert world.room.call("POST", path, agency=world.agency, json={}).status_code == 200


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
def test_a_question_that_is_wrong_is_refused_by_name(
    world: AgencyWorld, path: str, query: dict[str, Any], field: str
) -> None:
    answer = world.get(path, **query)
    assert answer.status_code == 422, answer.text
    assert field in str(answer.json["errors"])


def test_nothing_of_nobody_is_a_404(world: AgencyWorld) -> None:
    assert world.get("deliveries/nothing").status_code == 404
    assert world.room.call("POST", "/v1/deliveries/nothing/resend", agency=world.agency).status_code == 404
    query = {"contact_id": "nobody", "listing_id": "l", "saved_search_id": "s"}
    assert world.get("sendability", **query).status_code == 404
