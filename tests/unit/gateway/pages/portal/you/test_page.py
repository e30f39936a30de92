"""What prospects decide about themselves, as the page shows it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.portal.you import wordings
from services.gateway.pages.portal.you.present import YouPage, you_page
from services.gateway.pages.portal.you.read import YouReply
from services.gateway.upstream.http import Unavailable
from tests.builders import a_consent, a_current_consent, a_saved_search, an_own_contact
from tests.unit.gateway.rendering import a_request, page, words_of

PAGE = "portal/you/show.html"
AWAY = Unavailable("leads", "no answer")


def consent(purpose: str, channel: str, state: str = "none") -> Any:
    return a_current_consent(purpose=purpose, channel=channel, state=state, allowed=state == "granted")


def a_page(**changes: Any) -> YouPage:
    """Somebody who consented to alerts by e-mail, and withdrew a consent that the page does not ask for."""
    now = [
        consent("alerts", "email", "granted"),
        consent("marketing", "email"),
        consent("sharing", "post", "withdrawn"),
        consent("sharing", "sms"),
    ]
    history = [a_consent(wording_version="portal-alerts-email-1", source=wordings.SOURCE)]
    facts = {"contact": an_own_contact(), "wishes": [a_saved_search()], "consents": now, "history": history}
    return you_page(YouReply(**{**facts, **changes}))


@pytest.mark.parametrize("language", ["en", "es"])
@time_machine.travel("2026-03-22T12:00:00+00:00", tick=False)
def test_the_words_of_the_page(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language, "/me/you"):
        assert words_of(page(PAGE, page=a_page())) == snapshot


@pytest.mark.parametrize("language", ["en", "pt"])
def test_the_words_before_data_are_erased(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        assert words_of(page("portal/you/erasure.html", error="Tick the box if you are sure.")) == snapshot


@pytest.mark.usefixtures("in_english")
class TestConsents:
    def test_what_is_offered_or_was_ever_given_is_shown(self) -> None:
        rows: Any = a_page().consents
        assert [(row.purpose, row.channel) for row in rows] == [
            *(("alerts", "email"), ("marketing", "email"), ("sharing", "post"))
        ]

    def test_only_what_the_page_offers_has_its_wording(self) -> None:
        rows: Any = a_page().consents
        assert [bool(row.wording) for row in rows] == [True, True, False]

    @pytest.mark.parametrize(("state", "has_none"), [("granted", False), ("withdrawn", True), ("none", True)])
    def test_without_consent_to_alerts_the_page_says_that_no_mail_comes(self, state: str, has_none: bool) -> None:
        assert a_page(consents=[consent("alerts", "email", state)]).has_no_alert_consent is has_none

    def test_what_is_not_known_is_not_said(self) -> None:
        page = a_page(consents=AWAY, history=AWAY)
        assert (page.consents, page.history, page.has_no_alert_consent) == (AWAY, [], False)

    def test_an_older_wording_is_named_by_its_version(self) -> None:
        (line,) = a_page(history=[a_consent(wording_version="form-7", source="an agent")]).history
        assert (line.wording, line.source) == ("Text form-7", "an agent")
        assert a_page(history=[a_consent(wording_version=None)]).history[0].wording == ""

    def test_every_wording_that_is_offered_has_a_text(self) -> None:
        offered = [
            wordings.version_of(*pair) for pair in (("alerts", "email"), ("service", "phone"), ("marketing", "email"))
        ]
        assert set(offered) == wordings.wordings().keys()
        assert wordings.version_of("sharing", "post") is None


def test_a_part_that_is_unavailable_is_said_and_the_rest_is_there(pages: Flask) -> None:
    with a_request(pages, path="/me/you"):
        html = page(PAGE, page=a_page(contact=AWAY, wishes=AWAY, consents=AWAY, history=AWAY))
    assert 'action="/me/you/language"' in html
    assert 'action="/me/you/consents"' not in html
