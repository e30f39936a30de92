"""Who agreed to what, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.integration.leads.people import ALERTS, add, made, told_of
from tests.integration.rooms import Room

WITHDRAWN = {"purpose": "alerts", "channel": "email", "state": "withdrawn", "source": "unsubscribe link"}


def say(room: Room, person: str, role: str = "agent", word: Any = ALERTS, **claims: Any) -> Any:
    headers = room.issuer.headers(role, "agency-a", **claims)
    return room.client.post(f"/v1/contacts/{person}/consents", headers=headers, json=word)


def counts(room: Room, contact_id: str) -> dict[tuple[str, str], str]:
    answer = room.call("GET", f"/v1/contacts/{contact_id}/consents/current").json
    return {(i["purpose"], i["channel"]): i["state"] for i in answer["items"] if i["allowed"] or i["state"] != "none"}


def ago(**time: int) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat()


def test_none_was_asked_and_none_means_no(room: Room) -> None:
    person = made(room)
    items = room.call("GET", f"/v1/contacts/{person['id']}/consents/current").json["items"]
    assert len(items) == 20
    assert {(i["state"], i["allowed"]) for i in items} == {("none", False)}


def test_the_latest_word_wins_and_every_word_stays(room: Room) -> None:
    person = made(room, consents=[ALERTS])
    assert counts(room, person["id"]) == {("alerts", "email"): "granted"}
    assert say(room, person["id"], word=WITHDRAWN).headers["ETag"] == '"2"'
    assert counts(room, person["id"]) == {("alerts", "email"): "withdrawn"}
    history = room.call("GET", f"/v1/contacts/{person['id']}/consents").json["items"]
    assert [(row["state"], row["source"]) for row in history] == [
        ("withdrawn", "unsubscribe link"),
        ("granted", "web form"),
    ]
    told = [e for e in told_of(room, person["id"]) if e["type"] == "leads.consent.changed"]
    assert [(e["sequence"], e["data"]["state"]) for e in told] == [(1, "granted"), (2, "withdrawn")]
    assert told[0]["data"]["contact_id"] == person["id"]
    assert told[0]["data"]["wording_version"] == "alerts-1"


def test_a_form_signed_last_week_does_not_undo_yesterdays_withdrawal(room: Room) -> None:
    person = made(room)
    say(room, person["id"], word=WITHDRAWN | {"at": ago(days=1)})
    assert say(room, person["id"], word=ALERTS | {"at": ago(days=7)}).status_code == 201
    assert counts(room, person["id"]) == {("alerts", "email"): "withdrawn"}
    last = told_of(room, person["id"])[-1]
    assert (last["sequence"], last["data"]["state"]) == (3, "withdrawn")


def test_nobody_agrees_in_the_future(room: Room) -> None:
    person = made(room)
    refused = say(room, person["id"], word=ALERTS | {"at": ago(days=-1)})
    assert refused.status_code == 422
    assert "at" in refused.json["errors"]
    say(room, person["id"], word=ALERTS | {"at": ago(minutes=-2)})
    say(room, person["id"], word=WITHDRAWN)
    assert counts(room, person["id"]) == {("alerts", "email"): "withdrawn"}


def test_a_grant_needs_the_wording_and_a_withdrawal_does_not(room: Room) -> None:
    person = made(room)
    refused = say(room, person["id"], word={k: v for k, v in ALERTS.items() if k != "wording_version"})
    assert refused.status_code == 422
    assert "wording_version" in refused.json["errors"]
    assert say(room, person["id"], word=WITHDRAWN).status_code == 201


def test_the_same_pair_twice_at_once_is_refused(room: Room) -> None:
    refused = add(room, consents=[ALERTS, ALERTS | {"state": "withdrawn"}])
    assert refused.status_code == 422
    twice = refused.json["errors"]["consents"][0]
    assert (twice["code"], twice["twice"]) == ("consent_twice", ["alerts by email"])


def test_a_person_speaks_for_themselves_alone(room: Room) -> None:
    me, other = made(room)["id"], made(room)["id"]
    assert say(room, me, "prospect", WITHDRAWN, contact_id=me).status_code == 201
    assert say(room, other, "prospect", WITHDRAWN, contact_id=me).status_code == 404
    assert say(room, me, "prospect", WITHDRAWN).status_code == 404
    assert say(room, me, "service", WITHDRAWN).status_code == 201
    assert say(room, me, "operator", WITHDRAWN).status_code == 403
    headers = room.issuer.headers("prospect", "agency-a", contact_id=me)
    for page in ("consents", "consents/current"):
        assert room.client.get(f"/v1/contacts/{me}/{page}", headers=headers).status_code == 200
        assert room.client.get(f"/v1/contacts/{other}/{page}", headers=headers).status_code == 404
    for page in ("", "/timeline"):
        assert room.client.get(f"/v1/contacts/{me}{page}", headers=headers).status_code == 403


def test_consents_cannot_be_patched_and_the_answer_names_the_way(room: Room) -> None:
    person = made(room)
    path = f"/v1/contacts/{person['id']}"
    answer = room.call("PATCH", path, json={"consents": []}, headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert answer.json["errors"]["consents"][0]["code"] == "consents_have_a_history"
