"""Another price or status of a listing, at an agent's browser."""

from __future__ import annotations

import pytest

from tests.integration.gateway.office import Office, open_office
from tests.integration.gateway.quarter import Quarter


@pytest.fixture
def office(quarter: Quarter) -> Office:
    return open_office(quarter)


def test_the_dialog_counts_everybody_who_would_get_a_mail_with_a_consent_to_alerts_alone(office: Office) -> None:
    home = office.home(list_price=300_000)
    for name in ("Ana", "Bea", "Cyn", "Dee"):
        office.seeker(name, list_price_max=285_000, alerts="instant")
    office.seeker("Eve Nomail", wants=False, list_price_max=285_000, alerts="instant")
    office.seeker("Flo Daily", list_price_max=285_000, alerts="daily")
    shown = office.part(f"/listings/{home}/price-changes/preview?list_price=280,000")
    assert "<b>6</b> more people would fit" in shown
    assert "<b>4</b> get a mail at once" in shown
    assert "<b>1</b> finds it in a daily or weekly mail" in shown
    path = f"/listings/{home}/price-changes"
    assert office.send(path, {"list_price": "280,000"}, asked=f"{path}/new").status_code == 303
    office.quarter.deliver()
    sent = office.quarter.rooms["notifications"].call(
        "GET", f"/v1/deliveries?listing_id={home}&state=queued", agency=office.agency
    )
    assert len(sent.json["items"]) == 4


def test_a_price_shows_what_it_would_do_before_it_is_saved(office: Office) -> None:
    home = office.home(list_price=300_000)
    office.seeker("Ana Beltrán", list_price_max=310_000)
    office.seeker("Bea Mora", list_price_max=285_000, alerts="instant")
    office.seeker("Cyn Nomail", wants=False, list_price_max=285_000, alerts="instant")
    told = office.part(f"/listings/{home}/price-changes/preview?list_price=280,000")
    assert "<b>2</b> more people would fit" in told
    assert "<b>0</b> fall out" in told
    assert "<b>1</b> gets a mail" in told
    assert office.listing(home)["list_price"] == 300_000
    assert "This is not a number." in office.part(f"/listings/{home}/price-changes/preview?list_price=much")


def test_a_price_changes_once_and_stays_in_the_history(office: Office) -> None:
    home = office.home(list_price=300_000)
    path = f"/listings/{home}/price-changes"
    form_at = f"{path}/new"
    assert office.send(path, {"list_price": "much"}, asked=form_at).status_code == 422
    form = {"list_price": "280,000", "reason": "owner", "once": "once-1"}
    assert office.send(path, form, asked=form_at).status_code == 303
    assert office.send(path, form, asked=form_at).status_code == 303
    page = office.page(f"/listings/{home}")
    assert "€280,000" in page
    assert "€300,000 since" in page


def test_only_statuses_that_may_follow_are_offered(office: Office) -> None:
    home = office.home()
    dialog = office.part(f"/listings/{home}/status-changes/new")
    assert 'value="pending"' in dialog
    assert 'value="incomplete"' not in dialog
    path = f"/listings/{home}/status-changes"
    answer = office.send(path, {"standard_status": "pending"}, asked=f"{path}/new")
    assert answer.status_code == 303
    assert office.listing(home)["standard_status"] == "pending"
