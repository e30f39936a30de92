"""The homes that a prospect kept, before services that really answer."""

from __future__ import annotations

from tests.integration.gateway.prospects import PortalWorld


def test_a_kept_home_stays_on_the_page_when_it_leaves_the_market_and_says_so(portal: PortalWorld) -> None:
    portal.say("possibility")
    assert f'href="/me/homes/{portal.home}"' in portal.page("/me/saved")
    status = {"standard_status": "withdrawn"}
    portal.services_world.post("properties", f"/v1/listings/{portal.home}/status-changes", portal.agency, status)
    page = portal.page("/me/saved")
    assert f'id="home-{portal.home}"' in page
    assert f'href="/me/homes/{portal.home}"' not in page


def test_without_matching_the_page_says_so(portal: PortalWorld) -> None:
    with portal.services_world.without("matching"):
        assert 'class="home-cards"' not in portal.page("/me/saved")
