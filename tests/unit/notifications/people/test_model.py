"""The gates before a mail to a person, and how a person may be reached."""

from __future__ import annotations

import pytest

from services.notifications.people.model import ContactRow, Person, Reachability, ReachableRow, Use, UseReachability

REACHABLE: ReachableRow = {"full_name": "Eva", "addresses": {"email": {"value": "eva@example.com"}}}
BY_PHONE: ReachableRow = {"full_name": "Eva", "addresses": {"phone": {"value": "+38640123456"}}}
BOTH: ReachableRow = {"full_name": "Eva", "addresses": {**REACHABLE["addresses"], **BY_PHONE["addresses"]}}
CONTACT: ContactRow = {"language": "sl", "time_zone": "UTC"}
ALERTS, SERVICE = {"alerts:email": "granted"}, {"service:email": "granted"}
TAKEN_BACK, OBJECTED = {"alerts:email": "withdrawn"}, {"service:phone": "withdrawn"}
BY_ALERTS, BY_SERVICE = UseReachability("mail", "alerts"), UseReachability("mail", "service")
CALL_WITHDRAWN = UseReachability("phone", reason="consent_withdrawn")


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (Person(CONTACT, REACHABLE, ALERTS), None),
        (Person(None, None), "contact_unknown"),
        (Person(CONTACT, None, ALERTS), "contact_unknown"),
        (Person(None, REACHABLE, ALERTS), "contact_unknown"),
        (Person(CONTACT, REACHABLE), "no_consent"),
        (Person(CONTACT, REACHABLE, SERVICE), "no_consent"),
        (Person(CONTACT, REACHABLE, TAKEN_BACK), "no_consent"),
        (Person(CONTACT, BY_PHONE, ALERTS), "no_address"),
        (Person(CONTACT, REACHABLE, ALERTS, suppressed=True), "suppressed"),
        (Person({"erased": True}, None), "erased"),
    ],
)
def test_the_first_closed_gate_is_the_reason_why_no_alert_goes_out(person: Person, reason: str | None) -> None:
    assert person.refusal("alerts") == reason
    assert all(gate.open for gate in person.gates("alerts")) is (reason is None)


@pytest.mark.parametrize(("use", "reason"), [("alerts", "no_consent"), ("letters", None)])
def test_consent_to_service_permits_letters_and_no_alerts(use: Use, reason: str | None) -> None:
    assert Person(CONTACT, REACHABLE, SERVICE).refusal(use) == reason


def test_consent_to_alerts_permits_letters_too() -> None:
    assert Person(CONTACT, REACHABLE, ALERTS).refusal("letters") is None


@pytest.mark.parametrize(
    ("person", "phone", "alerts", "letters"),
    [
        (Person(CONTACT, BOTH, ALERTS), True, BY_ALERTS, BY_ALERTS),
        (Person(CONTACT, REACHABLE, ALERTS), False, BY_ALERTS, BY_ALERTS),
        (Person(CONTACT, BOTH, SERVICE), True, UseReachability("phone", reason="no_consent"), BY_SERVICE),
        (Person(CONTACT, BOTH, SERVICE | TAKEN_BACK), True, CALL_WITHDRAWN, BY_SERVICE),
        (Person(CONTACT, BOTH, TAKEN_BACK), True, CALL_WITHDRAWN, CALL_WITHDRAWN),
        (Person(CONTACT, BY_PHONE, ALERTS), True, *2 * (UseReachability("phone", reason="no_address"),)),
        (Person(CONTACT, REACHABLE), False, *2 * (UseReachability("none", reason="no_consent"),)),
        (Person(None, None), False, *2 * (UseReachability("none", reason="contact_unknown"),)),
        (Person(CONTACT, BOTH, OBJECTED), False, *2 * (UseReachability("none", reason="no_consent"),)),
        (Person({"erased": True}, BOTH, ALERTS), False, *2 * (UseReachability("none", reason="erased"),)),
    ],
)
def test_who_gets_no_mail_may_be_called_unless_they_objected(
    person: Person, phone: bool, alerts: UseReachability, letters: UseReachability
) -> None:
    assert person.reachability("c") == Reachability("c", phone, alerts, letters)


def test_the_address_is_the_one_for_mail() -> None:
    assert Person(CONTACT, REACHABLE).address == "eva@example.com"
    assert Person(CONTACT, {"addresses": {}}).address is None
    assert Person(CONTACT, None).address is None
