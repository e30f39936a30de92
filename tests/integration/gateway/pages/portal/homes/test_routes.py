"""The prospect's own pages before services that really answer: what is theirs, what they say, and nothing of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.gateway.web.words import NAMES
from services.notifications.channels.email.links import Subject, links_for
from tests.integration.gateway.house import token_in
from tests.integration.gateway.prospects import a_link, prospect_browser
from tests.integration.gateway.quarter import OTHERS, Quarter

PART = {"HX-Request-Type": "partial"}
PATHS = ("/me", "/me?list=all", "/me?list=almost", "/me?list=no", "/me/saved", "/me/you", "/me/you/erasure")


@dataclass
class Evening:
    """Eva at her browser, her wishes and two homes that meet them; Ana is somebody else of the same agency."""

    quarter: Quarter
    agency: str
    browser: FlaskClient
    eva: str
    ana: str
    wish: str
    home: str
    other: str

    def send(self, path: str, partial: bool = False, **form: str) -> Any:
        """A form of hers."""
        form["csrf_token"] = token_in(self.browser.get("/me/you").text)
        answer = self.browser.post(path, data=form, headers=PART if partial else {})
        self.quarter.deliver()
        return answer

    def say(self, preference: str, partial: bool = True, **form: str) -> Any:
        """Her answer to the home."""
        return self.send(f"/me/homes/{self.home}/answer", partial, preference=preference, wish=self.wish, **form)

    def page(self, path: str) -> str:
        """A page that must open."""
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def service(self, name: str, path: str) -> Any:
        """What a service tells an agent."""
        return self.quarter.rooms[name].call("GET", path, agency=self.agency)


@pytest.fixture
def evening(quarter: Quarter) -> Evening:
    id_ = quarter.agency()["id"]
    eva = quarter.person(id_, "Eva Novak", email="eva@example.com", language="en")
    ana = quarter.person(id_, "Ana Beltrán", wants=False)
    wish = quarter.wishes(id_, eva, must_have=["lift"])
    homes = [quarter.home(id_, listing_id=name, street_name=f"Calle {name}") for name in ("Uno", "Dos")]
    browser = prospect_browser(quarter.house, id_, eva)
    return Evening(quarter, id_, browser, eva, ana, wish, *homes)


class TestPages:
    @pytest.mark.parametrize("language", NAMES)
    def test_every_page_opens_in_every_language(self, evening: Evening, language: str) -> None:
        browser = prospect_browser(evening.quarter.house, evening.agency, evening.eva, language)
        for path in (*PATHS, f"/me/homes/{evening.home}", f"/me/homes/{evening.home}/no-thanks"):
            answer = browser.get(path)
            assert (path, answer.status_code) == (path, 200)
            assert f'lang="{language}"' in answer.text

    @pytest.mark.parametrize("away", OTHERS)
    def test_a_service_that_is_away_breaks_no_page_that_can_do_without_it(self, evening: Evening, away: str) -> None:
        with evening.quarter.without(away):
            for path in ("/me", "/me/saved", "/me/you"):
                assert evening.browser.get(path).status_code == 200

    def test_somebody_without_wishes_is_led_to_them(self, evening: Evening) -> None:
        page = prospect_browser(evening.quarter.house, evening.agency, evening.ana).get("/me").text
        assert 'href="/me/wishes"' in page
        assert "Calle Uno" not in page

    def test_homes_stand_there_with_why_and_new_ones_first(self, evening: Evening) -> None:
        page = evening.page("/me")
        assert "2 homes for you, Eva" in page
        assert "Calle Uno" in page
        assert "€15,000 under budget" in page
        assert page.index('aria-current="true"') < page.index(">All<")

    def test_a_home_that_was_looked_at_is_no_longer_new(self, evening: Evening) -> None:
        assert "Calle Uno" in evening.page("/me?list=new")
        page = evening.page(f"/me/homes/{evening.home}")
        assert "Why it fits" in page
        evening.quarter.deliver()
        assert "Calle Uno" not in evening.page("/me?list=new")
        assert "Calle Uno" in evening.page("/me?list=all")

    def test_what_is_not_on_the_market_is_not_there(self, evening: Evening) -> None:
        hidden = evening.quarter.home(evening.agency, standard_status="coming_soon", street_name="Calle Oculta")
        assert evening.browser.get(f"/me/homes/{hidden}").status_code == 404

    def test_nothing_of_what_agents_note_reaches_these_pages(self, evening: Evening) -> None:
        facts = {"private_remarks": "Divorce, in a hurry", "owner_contact_ids": [evening.ana]}
        home = evening.quarter.home(evening.agency, street_name="Calle Tres", **facts)
        assert "Divorce" not in evening.page(f"/me/homes/{home}") + evening.page("/me")


class TestAnswers:
    def test_a_favourite_is_kept_at_once_and_the_same_again_takes_it_back(self, evening: Evening) -> None:
        bar = evening.say("favorite").text
        assert 'class="favorite" aria-pressed="true"' in bar
        assert 'value="none"' in bar
        assert "Calle Uno" in evening.page("/me/saved")
        assert 'class="favorite" aria-pressed="true"' not in evening.say("none").text
        assert "Calle Uno" not in evening.page("/me/saved")

    def test_a_no_hides_the_home_asks_why_and_it_stays_gone_whatever_its_price(self, evening: Evening) -> None:
        answer = evening.say("discard").text
        assert "What was wrong with it?" in answer
        assert "Calle Uno stays hidden, whatever its price." in answer
        assert "Calle Uno" not in evening.page("/me?list=all")
        assert "Calle Uno" in evening.page("/me?list=no")
        price = {"list_price": 200_000, "currency": "EUR"}
        evening.quarter.post("properties", f"/v1/listings/{evening.home}/price-changes", evening.agency, price)
        assert "Calle Uno" not in evening.page("/me?list=all")

    def test_a_reason_is_kept_and_may_be_taken_back_with_the_no(self, evening: Evening) -> None:
        evening.say("discard")
        body = evening.send(f"/me/homes/{evening.home}/reason", True, reason="too_dark", wish=evening.wish).text
        assert 'value="too_dark" aria-pressed="true"' in body
        said = evening.service("matching", f"/v1/contacts/{evening.eva}/listings").json["items"]
        assert [(one["preference"], one["reason"]) for one in said] == [("discard", "too_dark")]
        evening.say("none")
        assert "Calle Uno" in evening.page("/me?list=all")

    def test_the_third_equal_reason_brings_a_suggestion_that_changes_the_wishes_when_it_is_taken(
        self, evening: Evening
    ) -> None:
        homes = [evening.home, evening.other, evening.quarter.home(evening.agency, list_price=305_000)]
        for home in homes:
            told = evening.send(f"/me/homes/{home}/reason", True, reason="too_expensive", wish=evening.wish).text
        assert "Yes, change my wishes" in told
        key = told.partition('name="key" value="')[2].partition('"')[0].replace("&#39;", "'")
        path = f"/me/wishes/{evening.wish}/suggestion"
        assert evening.send(path, key="forged").status_code == 404
        assert evening.send(path, key=key).status_code == 303
        wish = evening.service("matching", f"/v1/saved-searches/{evening.wish}").json
        assert wish["list_price_max"] < 295_000

    def test_without_a_script_a_no_leads_to_its_reason_on_a_page_of_its_own(self, evening: Evening) -> None:
        answer = evening.say("discard", partial=False)
        assert answer.headers["Location"].startswith(f"/me/homes/{evening.home}/no-thanks")
        assert "What was wrong with it?" in evening.page(answer.headers["Location"])
        answer = evening.say("favorite", partial=False, next="//evil.example")
        assert answer.headers["Location"] == "/"

    @pytest.mark.parametrize("form", [{"preference": "hate"}, {}])
    def test_what_is_no_answer_is_refused(self, evening: Evening, form: dict[str, str]) -> None:
        assert evening.send(f"/me/homes/{evening.home}/answer", **form).status_code == 422

    def test_an_answer_from_another_site_changes_nothing(self, evening: Evening) -> None:
        path = f"/me/homes/{evening.home}/answer"
        assert evening.browser.post(path, data={"preference": "favorite"}).status_code == 400


class TestYou:
    def test_alerts_are_chosen_for_each_wish(self, evening: Evening) -> None:
        assert evening.send("/me/you/alerts", wish=evening.wish, alerts="daily").status_code == 303
        assert evening.service("matching", f"/v1/saved-searches/{evening.wish}").json["alerts"] == "daily"
        assert evening.send("/me/you/alerts", wish=evening.wish, alerts="hourly").status_code == 422

    def test_the_wishes_of_others_are_not_there(self, evening: Evening) -> None:
        theirs = evening.quarter.wishes(evening.agency, evening.ana)
        assert evening.send("/me/you/alerts", wish=theirs, alerts="daily").status_code == 404
        assert evening.send(f"/me/wishes/{theirs}/suggestion", key="x").status_code == 404
        assert evening.service("matching", f"/v1/saved-searches/{theirs}").json["alerts"] == "off"

    def test_another_language_is_that_of_pages_and_mails(self, evening: Evening) -> None:
        assert evening.send("/me/you/language", language="sl").status_code == 303
        assert 'lang="sl"' in evening.page("/me")
        assert evening.service("leads", f"/v1/contacts/{evening.eva}").json["language"] == "sl"
        assert evening.send("/me/you/language", language="tlh").status_code == 422

    def test_agreements_are_given_and_taken_back_with_their_wording_and_history(self, evening: Evening) -> None:
        form = {"purpose": "alerts", "channel": "email"}
        assert evening.send("/me/you/consents", state="withdrawn", **form).status_code == 303
        assert "Taken back" in evening.page("/me/you")
        assert evening.send("/me/you/consents", state="granted", **form).status_code == 303
        words = evening.service("leads", f"/v1/contacts/{evening.eva}/consents").json["items"]
        assert [(one["state"], one["wording_version"]) for one in words] == [
            ("granted", "portal-alerts-email-1"),
            ("withdrawn", "portal-alerts-email-1"),
            ("granted", "1"),
        ]
        assert "You may write to me by e-mail about homes that fit my wishes." in evening.page("/me/you")
        assert evening.send("/me/you/consents", purpose="sharing", channel="post", state="granted").status_code == 422

    def test_ones_data_can_be_taken_along(self, evening: Evening) -> None:
        evening.say("favorite")
        found = evening.browser.get("/me/you/data.json")
        assert "attachment" in found.headers["Content-Disposition"]
        assert found.json["person"]["full_name"] == "Eva Novak"
        assert [wish["id"] for wish in found.json["wishes"]] == [evening.wish]
        assert [said["listing_id"] for said in found.json["answers"]] == [evening.home]
        assert found.json["consents"][0]["purpose"] == "alerts"

    def test_being_forgotten_is_asked_once_more_and_ends_everything(self, evening: Evening) -> None:
        second = prospect_browser(evening.quarter.house, evening.agency, evening.eva)
        link = a_link(evening.quarter.house, evening.agency, evening.eva)
        assert evening.send("/me/you/erasure").status_code == 422
        assert evening.service("leads", f"/v1/contacts/{evening.eva}").status_code == 200
        answer = evening.send("/me/you/erasure", sure="yes")
        assert answer.headers["Location"] == "/me/farewell"
        assert "You are forgotten." in evening.page("/me/farewell")
        assert evening.service("leads", f"/v1/contacts/{evening.eva}").status_code == 404
        for browser in (evening.browser, second):
            assert browser.get("/me").headers["Location"] == "/me/sign-in"
        assert evening.quarter.house.browser().get(link).status_code == 404
        assert evening.service("matching", f"/v1/saved-searches/{evening.wish}").status_code == 404


class TestLinksInMails:
    def links(self, evening: Evening) -> Any:
        subject = Subject(evening.agency, evening.eva, evening.home, (evening.wish,), "sv")
        return links_for(evening.quarter.house.room.settings.secret_key, "", subject)

    def alerts(self, evening: Evening) -> str:
        return str(evening.service("matching", f"/v1/saved-searches/{evening.wish}").json["alerts"])

    def consent(self, evening: Evening) -> str:
        words = evening.service("leads", f"/v1/contacts/{evening.eva}/consents/current").json["items"]
        return next(str(one["state"]) for one in words if (one["purpose"], one["channel"]) == ("alerts", "email"))

    @pytest.mark.parametrize(
        ("name", "alerts", "consent"), [("daily", "daily", "granted"), ("search", "off", "granted")]
    )
    def test_a_link_changes_its_wishes_alone_once_its_button_is_pressed(
        self, evening: Evening, name: str, alerts: str, consent: str
    ) -> None:
        evening.send("/me/you/alerts", wish=evening.wish, alerts="instant")
        stranger, link = evening.quarter.house.browser(), getattr(self.links(evening), name)
        page = stranger.get(link)
        assert 'lang="sv"' in page.text
        assert self.alerts(evening) == "instant"
        pressed = stranger.post(link)
        assert pressed.status_code == 200
        assert "Set-Cookie" not in pressed.headers
        assert (self.alerts(evening), self.consent(evening)) == (alerts, consent)

    @pytest.mark.parametrize("body", [{"List-Unsubscribe": "One-Click"}, {}, {"act": "nonsense"}])
    def test_one_click_stops_all_alerts(self, evening: Evening, body: dict[str, str]) -> None:
        links, stranger = self.links(evening), evening.quarter.house.browser()
        assert stranger.post(links.unsubscribe, data=body).status_code == 200
        assert self.consent(evening) == "withdrawn"

    def test_a_page_of_choices_does_what_its_buttons_say(self, evening: Evening) -> None:
        links, stranger = self.links(evening), evening.quarter.house.browser()
        assert stranger.get(links.preferences).text.count('name="act"') == 3
        stranger.post(links.preferences, data={"act": "daily"})
        assert (self.alerts(evening), self.consent(evening)) == ("daily", "granted")

    def test_an_exit_about_wishes_that_are_gone_does_no_harm(self, evening: Evening) -> None:
        links = self.links(evening)
        path = f"/v1/saved-searches/{evening.wish}"
        assert evening.quarter.rooms["matching"].call("DELETE", path, agency=evening.agency).status_code == 204
        assert evening.quarter.house.browser().post(links.search).status_code == 200

    def test_the_reader_of_a_mail_answers_without_signing_in(self, evening: Evening) -> None:
        links, stranger = self.links(evening), evening.quarter.house.browser()
        page = stranger.get(links.favorite)
        assert page.status_code == 200
        assert evening.service("matching", f"/v1/contacts/{evening.eva}/listings").json["items"] == []
        assert stranger.post(links.favorite, data={"preference": "favorite"}).status_code == 200
        said = evening.service("matching", f"/v1/contacts/{evening.eva}/listings").json["items"]
        assert [(one["listing_id"], one["preference"]) for one in said] == [(evening.home, "favorite")]

    def test_nobody_answers_without_a_link_or_with_one_about_another_home(self, evening: Evening) -> None:
        stranger, said = evening.quarter.house.browser(), {"preference": "favorite"}
        token = self.links(evening).home.rpartition("?t=")[2]
        assert stranger.post(f"/homes/{evening.home}", data=said).status_code == 404
        assert stranger.post(f"/homes/{evening.other}?t={token}", data=said).status_code == 404
        assert stranger.post(f"/homes/{evening.home}?t={token}", data={"preference": "hate"}).status_code == 404
