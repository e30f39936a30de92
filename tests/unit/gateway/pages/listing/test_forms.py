"""What the owner answered, as a change of the listing."""

from __future__ import annotations

import pytest

from services.gateway.pages.listing.forms import AnswerForm
from tests.builders import a_listing

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("about", "answer", "body"),
    [
        ("garage", "yes", {"features": ["garage", "lift"], "features_absent": []}),
        ("garage", "no", {"features": ["lift"], "features_absent": ["garage"]}),
        ("lift", "no", {"features": [], "features_absent": ["lift"]}),
        ("bedrooms", "4", {"bedrooms_total": 4}),
        ("year_built", "1962", {"year_built": 1962}),
        ("property_sub_type", "townhouse", {"property_sub_type": "townhouse"}),
    ],
)
def test_an_answer_changes_the_one_field_that_was_asked_for(about: str, answer: str, body: dict[str, object]) -> None:
    form = AnswerForm.from_form({"about": about, "answer": answer, "version": "1"}, a_listing())
    assert (form.body, form.error) == (body, "")


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"version": "2"}, "Somebody changed this"),
        ({"answer": " "}, "Enter what the owner said."),
        ({"about": "bedrooms"}, "This is not a number."),
    ],
)
def test_an_answer_that_cannot_be_entered_says_why(changes: dict[str, str], start: str) -> None:
    form = AnswerForm.from_form({"about": "garage", "answer": "yes", "version": "1"} | changes, a_listing())
    assert form.error.startswith(start)
