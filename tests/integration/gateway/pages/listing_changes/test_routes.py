"""Another price or status of a listing, at an agent's browser."""

from __future__ import annotations

import pytest

from tests.integration.gateway.agency_world import AgencyWorld, open_agency_world
from tests.integration.gateway.services_world import ServicesWorld


@pytest.fixture
def agency_world(services_world: ServicesWorld) -> AgencyWorld:
    return open_agency_world(services_world)


def test_the_dialog_counts_everybody_who_would_get_a_mail_with_a_consent_to_alerts_alone(
    agency_world: AgencyWorld,
) -> None:
    home = agency_world.home(list_price=300_000)
    for name in ("Ana", "Bea", "Cyn", "Dee"):
        agency_world.seeker(name, list_price_max=285_000, alerts="instant")
    agency_world.seeker("Eve Nomail", wants=False, list_price_max=285_000, alerts="instant")
    agency_world.seeker("Flo Daily", list_price_max=285_000, alerts="daily")
    shown = agency_world.part(f"/listings/{home}/price-changes/preview?list_price=280,000")
    assert "<b>6</b> more people would fit" in shown
    assert "<b>4</b> get an e-mail at once" in shown
    assert "<b>1</b> gets it in a daily or weekly e-mail" in shown
    path = f"/listings/{home}/price-changes"
    assert agency_world.send(path, {"list_price": "280,000"}, asked=f"{path}/new").status_code == 303
    agency_world.services_world.deliver()
    sent = agency_world.services_world.rooms["notifications"].call(
        "GET", f"/v1/deliveries?listing_id={home}&state=queued", agency=agency_world.agency
    )
    assert len(sent.json["items"]) == 4


def test_a_price_shows_what_it_would_do_before_it_is_saved(agency_world: AgencyWorld) -> None:
    home = agency_world.home(list_price=300_000)
    agency_world.seeker("Ana Beltrán", list_price_max=310_000)
    agency_world.seeker("Bea Mora", list_price_max=285_000, alerts="instant")
    agency_world.seeker("Cyn Nomail", wants=False, list_price_max=285_000, alerts="instant")
    told = agency_world.part(f"/listings/{home}/price-changes/preview?list_price=280,000")
    assert "<b>2</b> more people would fit" in told
    assert "<b>0</b> would no longer fit" in told
    assert "<b>1</b> gets an e-mail" in told
    assert agency_world.listing(home)["list_price"] == 300_000
    assert "This is not a number." in agency_world.part(f"/listings/{home}/price-changes/preview?list_price=much")


def test_a_price_changes_once_and_stays_in_the_history(agency_world: AgencyWorld) -> None:
    home = agency_world.home(list_price=300_000)
    path = f"/listings/{home}/price-changes"
    form_at = f"{path}/new"
    assert agency_world.send(path, {"list_price": "much"}, asked=form_at).status_code == 422
    form = {"list_price": "280,000", "reason": "owner", "once": "once-1"}
    assert agency_world.send(path, form, asked=form_at).status_code == 303
    assert agency_world.send(path, form, asked=form_at).status_code == 303
    page = agency_world.page(f"/listings/{home}")
    assert "€280,000" in page
    assert "€300,000 since" in page


def test_only_statuses_that_may_follow_are_offered(agency_world: AgencyWorld) -> None:
    home = agency_world.home()
    dialog = agency_world.part(f"/listings/{home}/status-changes/new")
    assert 'value="pending"' in dialog
    assert 'value="incomplete"' not in dialog
    path = f"/listings/{home}/status-changes"
    answer = agency_world.send(path, {"standard_status": "pending"}, asked=f"{path}/new")
    assert answer.status_code == 303
    assert agency_world.listing(home)["standard_status"] == "pending"
