"""How a person may be reached, in words."""

from __future__ import annotations

from typing import Any

import pytest

from services.gateway.components.reachability.present import reach, reach_by_contact
from services.gateway.upstream.http import Unavailable
from tests.builders import no_mail, reachability

BY_SERVICE = {"state": "mail", "basis": "service", "reason": None}
CALL = {"state": "phone", "basis": None, "reason": "consent_withdrawn"}


@pytest.mark.usefixtures("in_english")
class TestReach:
    @pytest.mark.parametrize(
        ("changes", "text", "by_mail"),
        [
            ({}, "E-mail and phone", True),
            ({"phone": False}, "E-mail", True),
            ({"alerts": CALL, "letters": BY_SERVICE}, "Personal e-mail and phone", True),
            ({"alerts": CALL, "letters": BY_SERVICE, "phone": False}, "Personal e-mail only", True),
            ({"alerts": CALL, "letters": CALL}, "Phone only", False),
        ],
    )
    def test_letters_decide_and_a_difference_to_alerts_is_said(
        self, changes: dict[str, Any], text: str, by_mail: bool
    ) -> None:
        shown = reach(reachability(**changes))
        assert (shown.text, shown.by_mail, shown.is_stopped) == (text, by_mail, False)

    def test_each_use_says_by_which_consent_or_why_not(self) -> None:
        shown = reach(reachability(alerts=CALL, letters=BY_SERVICE))
        assert [use.is_open for use in shown.uses] == [False, True]
        assert [use.name in shown.why and use.why in shown.why for use in shown.uses] == [True, True]
        assert shown.uses[1].why == "consent: service"

    def test_somebody_without_mail_and_phone_is_left_alone(self) -> None:
        shown = reach(no_mail(phone=False))
        assert (shown.text, shown.is_stopped) == ("Do not contact", True)


@pytest.mark.usefixtures("in_english")
class TestManyPeople:
    def test_each_has_their_own_answer(self) -> None:
        shown = reach_by_contact(["contact-1", "contact-2"], [no_mail("contact-2"), reachability()])
        assert [shown[id_].state for id_ in ("contact-1", "contact-2")] == ["mail", "phone"]

    def test_nobody_may_be_written_to_while_notifications_does_not_answer(self) -> None:
        shown = reach_by_contact(["contact-1"], Unavailable("notifications", "no answer"))["contact-1"]
        assert (shown.by_mail, shown.is_stopped, shown.uses) == (False, False, [])
        assert shown.why == "notifications is not answering"
