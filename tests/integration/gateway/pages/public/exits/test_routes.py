"""Links in mails: each is the authority for what it says, and acts only once its button is pressed."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications.channels.email.links import Subject, links_for
from tests.integration.gateway.prospects import PortalWorld


class TestLinksInMails:
    def links(self, portal: PortalWorld) -> Any:
        subject = Subject(portal.agency, portal.eva, portal.home, (portal.wish,), "sv")
        return links_for(portal.services_world.gateway.room.settings.secret_key, "", subject)

    def alerts(self, portal: PortalWorld) -> str:
        return str(portal.service("matching", f"/v1/saved-searches/{portal.wish}").json["alerts"])

    def consent(self, portal: PortalWorld) -> str:
        words = portal.service("leads", f"/v1/contacts/{portal.eva}/consents/current").json["items"]
        return next(str(one["state"]) for one in words if (one["purpose"], one["channel"]) == ("alerts", "email"))

    @pytest.mark.parametrize(
        ("name", "alerts", "consent"), [("daily", "daily", "granted"), ("search", "off", "granted")]
    )
    def test_a_link_changes_its_wishes_alone_once_its_button_is_pressed(
        self, portal: PortalWorld, name: str, alerts: str, consent: str
    ) -> None:
        portal.send("/me/you/alerts", wish=portal.wish, alerts="instant")
        stranger, link = portal.services_world.gateway.browser(), getattr(self.links(portal), name)
        page = stranger.get(link)
        assert 'lang="sv"' in page.text
        assert self.alerts(portal) == "instant"
        pressed = stranger.post(link)
        assert pressed.status_code == 200
        assert "Set-Cookie" not in pressed.headers
        assert (self.alerts(portal), self.consent(portal)) == (alerts, consent)

    @pytest.mark.parametrize("body", [{"List-Unsubscribe": "One-Click"}, {}, {"act": "nonsense"}])
    def test_one_click_stops_all_alerts(self, portal: PortalWorld, body: dict[str, str]) -> None:
        links, stranger = self.links(portal), portal.services_world.gateway.browser()
        assert stranger.post(links.unsubscribe, data=body).status_code == 200
        assert self.consent(portal) == "withdrawn"

    def test_a_page_of_choices_does_what_its_buttons_say(self, portal: PortalWorld) -> None:
        links, stranger = self.links(portal), portal.services_world.gateway.browser()
        assert stranger.get(links.preferences).text.count('name="act"') == 3
        stranger.post(links.preferences, data={"act": "daily"})
        assert (self.alerts(portal), self.consent(portal)) == ("daily", "granted")

    def test_an_exit_about_wishes_that_are_gone_does_no_harm(self, portal: PortalWorld) -> None:
        links = self.links(portal)
        path = f"/v1/saved-searches/{portal.wish}"
        assert portal.services_world.rooms["matching"].call("DELETE", path, agency=portal.agency).status_code == 204
        assert portal.services_world.gateway.browser().post(links.search).status_code == 200

    def test_the_reader_of_a_mail_answers_without_signing_in(self, portal: PortalWorld) -> None:
        links, stranger = self.links(portal), portal.services_world.gateway.browser()
        page = stranger.get(links.favorite)
        assert page.status_code == 200
        assert portal.service("matching", f"/v1/contacts/{portal.eva}/listings").json["items"] == []
        assert stranger.post(links.favorite, data={"preference": "favorite"}).status_code == 200
        said = portal.service("matching", f"/v1/contacts/{portal.eva}/listings").json["items"]
        assert [(one["listing_id"], one["preference"]) for one in said] == [(portal.home, "favorite")]

    def test_nobody_answers_without_a_link_or_with_one_about_another_home(self, portal: PortalWorld) -> None:
        stranger, said = portal.services_world.gateway.browser(), {"preference": "favorite"}
        token = self.links(portal).home.rpartition("?t=")[2]
        assert stranger.post(f"/homes/{portal.home}", data=said).status_code == 404
        assert stranger.post(f"/homes/{portal.other}?t={token}", data=said).status_code == 404
        assert stranger.post(f"/homes/{portal.home}?t={token}", data={"preference": "hate"}).status_code == 404
