"""What another price would do, and how many people would get an e-mail at once."""

from __future__ import annotations

from typing import cast

import pytest
from flask import Flask

from services.gateway.components.alert_audience.read import AudienceCount
from services.gateway.pages.listing_changes import present
from services.gateway.pages.listing_changes.forms import PriceForm
from services.gateway.pages.listing_changes.read import PricePreview
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.price_checks import PriceCheck
from tests.builders import a_listing, a_price_effect
from tests.unit.gateway.rendering import a_request, page, words_of

AWAY = Unavailable("matching", "matching is not answering.")
FORM = PriceForm("270,000", price=270_000)


def a_check(**changes: object) -> PriceCheck:
    check = {"previous_list_price": 300_000, "refusals": [], "warnings": [], "change": -0.1}
    return cast(PriceCheck, check | changes)


@pytest.mark.usefixtures("in_english")
def test_the_share_of_a_price_change_and_what_speaks_against_it_are_the_answer_of_properties() -> None:
    def box(check: PriceCheck | Unavailable) -> present.PriceEffectBox:
        return present.price_effect(FORM, PricePreview(a_price_effect(), AudienceCount(2, mailed=1), check))

    assert (box(a_check()).share, box(a_check()).problems) == (-0.1, [])
    same = box(a_check(change=0.0, warnings=["price_unchanged"]))
    assert (same.share, same.problems) == (None, ["This is already the price"])
    assert box(a_check(refusals=["sale_is_closed"])).problems == [
        "The sale is closed, so its price can no longer change"
    ]
    assert (box(AWAY).share, box(AWAY).problems) == (None, [])


@pytest.mark.usefixtures("in_english")
def test_a_price_without_an_answer_says_which_service_is_missing() -> None:
    box = present.price_effect(FORM, AWAY)
    assert (box.unavailable, box.preview) == (AWAY, None)


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (AudienceCount(4, mailed=4), ["4", "get an e-mail at once"]),
        (AudienceCount(1, mailed=1), ["1", "gets an e-mail at once"]),
        (AudienceCount(3, mailed=1, held={"daily": 1, "weekly": 1}), ["2", "get it in a daily or weekly e-mail"]),
        (AudienceCount(4, on_market=False), ["No e-mails are sent until it is on the market"]),
        (Unavailable("notifications", ""), ["notifications is not answering, so its part is missing here."]),
    ],
)
def test_the_dialog_says_who_would_get_an_email(
    pages: Flask, audience: AudienceCount | Unavailable, words: list[str]
) -> None:
    with a_request(pages):
        box = present.price_effect(FORM, PricePreview(a_price_effect(), audience, a_check()))
        shown = words_of(page("listing_changes/price.html", home=a_listing(), form=FORM, effect=box), "dialog")
    assert "\n".join(words) in shown


@pytest.mark.usefixtures("in_english")
def test_only_statuses_that_may_follow_are_offered() -> None:
    options = present.status_options(a_listing(next_statuses=["withdrawn", "pending"]))
    assert options == [("pending", "Pending"), ("withdrawn", "Withdrawn")]
