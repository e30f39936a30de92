"""What prospects decide about themselves, before services that really answer."""

from __future__ import annotations

from tests.integration.gateway.prospects import PortalWorld, a_link, prospect_browser


class TestYou:
    def test_alerts_are_chosen_for_each_wish(self, portal: PortalWorld) -> None:
        assert portal.send("/me/you/alerts", wish=portal.wish, alerts="daily").status_code == 303
        assert portal.service("matching", f"/v1/saved-searches/{portal.wish}").json["alerts"] == "daily"
        assert portal.send("/me/you/alerts", wish=portal.wish, alerts="hourly").status_code == 422

    def test_the_wishes_of_others_are_not_there(self, portal: PortalWorld) -> None:
        theirs = portal.services_world.wishes(portal.agency, portal.ana)
        assert portal.send("/me/you/alerts", wish=theirs, alerts="daily").status_code == 404
        assert portal.send(f"/me/wishes/{theirs}/suggestions", key="x").status_code == 404
        assert portal.service("matching", f"/v1/saved-searches/{theirs}").json["alerts"] == "off"

    def test_another_language_is_that_of_pages_and_mails(self, portal: PortalWorld) -> None:
        assert portal.send("/me/you/language", language="sl").status_code == 303
        assert 'lang="sl"' in portal.page("/me")
        assert portal.service("leads", f"/v1/contacts/{portal.eva}").json["language"] == "sl"
        assert portal.send("/me/you/language", language="tlh").status_code == 422

    def test_agreements_are_given_and_taken_back_with_their_wording_and_history(self, portal: PortalWorld) -> None:
        form = {"purpose": "alerts", "channel": "email"}
        assert portal.send("/me/you/consents", state="withdrawn", **form).status_code == 303
        assert 'name="state" value="withdrawn"' not in portal.page("/me/you")
        assert portal.send("/me/you/consents", state="granted", **form).status_code == 303
        words = portal.service("leads", f"/v1/contacts/{portal.eva}/consents").json["items"]
        assert [(one["state"], one["wording_version"]) for one in words] == [
            ("granted", "portal-alerts-email-1"),
            ("withdrawn", "portal-alerts-email-1"),
            ("granted", "1"),
        ]
        assert 'name="state" value="withdrawn"' in portal.page("/me/you")
        assert portal.send("/me/you/consents", purpose="sharing", channel="post", state="granted").status_code == 422

    def test_ones_data_can_be_taken_along(self, portal: PortalWorld) -> None:
        portal.say("favorite")
        found = portal.browser.get("/me/you/data.json")
        assert "attachment" in found.headers["Content-Disposition"]
        assert found.json["person"]["full_name"] == "Eva Novak"
        assert [wish["id"] for wish in found.json["wishes"]] == [portal.wish]
        assert [said["listing_id"] for said in found.json["answers"]] == [portal.home]
        assert found.json["consents"][0]["purpose"] == "alerts"

    def test_being_forgotten_is_asked_once_more_and_ends_everything(self, portal: PortalWorld) -> None:
        second = prospect_browser(portal.services_world.gateway, portal.agency, portal.eva)
        link = a_link(portal.services_world.gateway, portal.agency, portal.eva)
        assert portal.send("/me/you/erasure").status_code == 422
        assert portal.service("leads", f"/v1/contacts/{portal.eva}").status_code == 200
        answer = portal.send("/me/you/erasure", sure="yes")
        assert answer.headers["Location"] == "/me/farewell"
        assert portal.browser.get("/me/farewell").status_code == 200
        assert portal.service("leads", f"/v1/contacts/{portal.eva}").status_code == 404
        for browser in (portal.browser, second):
            assert browser.get("/me").headers["Location"] == "/me/sign-in"
        assert portal.services_world.gateway.browser().get(link).status_code == 404
        assert portal.service("matching", f"/v1/saved-searches/{portal.wish}").status_code == 404
