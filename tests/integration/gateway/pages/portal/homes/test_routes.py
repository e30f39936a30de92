"""The prospect's homes before services that really answer: what fits, what they say of it, and nothing of others."""

from __future__ import annotations

from html import unescape

import pytest

from services.gateway.web.language import NAMES
from tests.integration.gateway.prospects import PORTAL_PATHS, PortalWorld, prospect_browser
from tests.integration.gateway.services_world import OTHERS


class TestHomes:
    @pytest.mark.parametrize("language", NAMES)
    def test_every_page_opens_in_every_language(self, portal: PortalWorld, language: str) -> None:
        browser = prospect_browser(portal.services_world.gateway, portal.agency, portal.eva, language)
        for path in (*PORTAL_PATHS, f"/me/homes/{portal.home}", f"/me/homes/{portal.home}/refusal"):
            answer = browser.get(path)
            assert (path, answer.status_code) == (path, 200)
            assert f'lang="{language}"' in answer.text

    @pytest.mark.parametrize("away", OTHERS)
    def test_a_service_that_is_away_breaks_no_page_that_can_do_without_it(self, portal: PortalWorld, away: str) -> None:
        with portal.services_world.without(away):
            for path in ("/me", "/me/saved", "/me/you"):
                assert portal.browser.get(path).status_code == 200

    def test_somebody_without_wishes_is_led_to_them(self, portal: PortalWorld) -> None:
        page = prospect_browser(portal.services_world.gateway, portal.agency, portal.ana).get("/me").text
        assert 'href="/me/wishes"' in page
        assert "Calle Uno" not in page

    def test_homes_stand_there_with_why_and_new_ones_first(self, portal: PortalWorld) -> None:
        page = portal.page("/me")
        assert f'id="home-{portal.home}"' in page
        assert f'id="home-{portal.other}"' in page
        assert 'class="because"' in page
        assert (
            '&amp;list=new" hx-target="#_me_homes" hx-swap="outerHTML" hx-push-url="true" aria-current="true"' in page
        )

    def test_a_home_that_was_looked_at_is_no_longer_new(self, portal: PortalWorld) -> None:
        assert "Calle Uno" in portal.page("/me?list=new")
        page = portal.page(f"/me/homes/{portal.home}")
        assert 'id="h-why"' in page
        portal.services_world.deliver()
        assert "Calle Uno" not in portal.page("/me?list=new")
        assert "Calle Uno" in portal.page("/me?list=all")

    def test_what_is_not_on_the_market_is_not_there(self, portal: PortalWorld) -> None:
        hidden = portal.services_world.home(portal.agency, standard_status="coming_soon", street_name="Calle Oculta")
        assert portal.browser.get(f"/me/homes/{hidden}").status_code == 404

    def test_nothing_of_what_agents_note_reaches_these_pages(self, portal: PortalWorld) -> None:
        facts = {"private_remarks": "Divorce, in a hurry", "owner_contact_ids": [portal.ana]}
        home = portal.services_world.home(portal.agency, street_name="Calle Tres", **facts)
        assert "Divorce" not in portal.page(f"/me/homes/{home}") + portal.page("/me")


class TestAnswers:
    def test_a_favourite_is_kept_at_once_and_the_same_again_takes_it_back(self, portal: PortalWorld) -> None:
        bar = portal.say("favorite").text
        assert 'class="favorite"\n aria-pressed="true"' in bar
        assert 'value="none"' in bar
        assert "Calle Uno" in portal.page("/me/saved")
        assert 'class="favorite"\n aria-pressed="true"' not in portal.say("none").text
        assert "Calle Uno" not in portal.page("/me/saved")

    def test_a_no_hides_the_home_asks_why_and_it_stays_gone_whatever_its_price(self, portal: PortalWorld) -> None:
        answer = portal.say("discard").text
        assert 'id="_refusal"' in answer
        assert 'class="gone-line"' in answer
        assert "Calle Uno" not in portal.page("/me?list=all")
        assert "Calle Uno" in portal.page("/me?list=no")
        price = {"list_price": 200_000, "currency": "EUR"}
        portal.services_world.post("properties", f"/v1/listings/{portal.home}/price-changes", portal.agency, price)
        assert "Calle Uno" not in portal.page("/me?list=all")

    def test_a_reason_is_kept_and_may_be_taken_back_with_the_no(self, portal: PortalWorld) -> None:
        portal.say("discard")
        body = portal.send(f"/me/homes/{portal.home}/reason", True, reason="too_dark", wish=portal.wish).text
        assert body.startswith('<div class="dialog-b" id="_refusal_body">')
        assert 'value="too_dark"\n aria-pressed="true"' in body
        said = portal.service("matching", f"/v1/contacts/{portal.eva}/listings").json["items"]
        assert [(one["preference"], one["reason"]) for one in said] == [("discard", "too_dark")]
        portal.say("none")
        assert "Calle Uno" in portal.page("/me?list=all")

    def test_the_third_equal_reason_brings_a_suggestion_that_changes_the_wishes_when_it_is_taken(
        self, portal: PortalWorld
    ) -> None:
        homes = [portal.home, portal.other, portal.services_world.home(portal.agency, list_price=305_000)]
        for home in homes:
            sheet = portal.send(f"/me/homes/{home}/reason", True, reason="too_expensive", wish=portal.wish).text
        assert f'action="/me/wishes/{portal.wish}/suggestions"' in sheet
        key = unescape(sheet.partition('name="key" value="')[2].partition('"')[0])
        path = f"/me/wishes/{portal.wish}/suggestions"
        assert portal.send(path, key="forged").status_code == 404
        assert (
            portal.send(path, key=key, next=f"/me?wish={portal.wish}").headers["Location"] == f"/me?wish={portal.wish}"
        )
        wish = portal.service("matching", f"/v1/saved-searches/{portal.wish}").json
        assert wish["list_price_max"] < 295_000

    def test_without_a_script_a_no_leads_to_its_reason_on_a_page_of_its_own(self, portal: PortalWorld) -> None:
        answer = portal.say("discard", partial=False)
        assert answer.headers["Location"].startswith(f"/me/homes/{portal.home}/refusal")
        assert 'id="_refusal"' in portal.page(answer.headers["Location"])
        answer = portal.say("favorite", partial=False, next="//evil.example")
        assert answer.headers["Location"] == "/"

    @pytest.mark.parametrize("form", [{"preference": "hate"}, {}])
    def test_what_is_no_answer_is_refused(self, portal: PortalWorld, form: dict[str, str]) -> None:
        assert portal.send(f"/me/homes/{portal.home}/answer", **form).status_code == 422

    def test_an_answer_from_another_site_changes_nothing(self, portal: PortalWorld) -> None:
        path = f"/me/homes/{portal.home}/answer"
        assert portal.browser.post(path, data={"preference": "favorite"}).status_code == 400
