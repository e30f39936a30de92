"""The editor as its templates show it."""

from __future__ import annotations

from typing import Any

import pytest

from services.gateway.components.wish_editor.audience import Audience
from services.gateway.components.wish_editor.forms import WishForm
from services.gateway.components.wish_editor.present import EditorView, FeatureRow, fitting_text
from services.gateway.components.wish_editor.preview import wish_preview
from services.gateway.components.wish_editor.suggestions import WishSuggestion
from tests.builders import a_preview, a_saved_search, a_suggestion

pytestmark = pytest.mark.usefixtures("in_english")
MEMBER = Audience("wishes/show.html", "/wishes/1", "/contacts/1", "/p", "/q", "/listings/", "contact-1", country="ES")
PROSPECT = Audience(
    "portal/wishes/show.html", "/me/wishes/1", "/", "/p", "/q", "/me/homes/", "contact-1", is_simple=True
)
WORDS: Any = {
    "features": [{"word": "lift", "label": "lift"}, {"word": "garden", "label": "garden"}],
    "property_sub_types": [{"word": "loft", "label": "loft"}],
}


def view(audience: Audience = MEMBER, errors: dict[str, str] | None = None, **changes: Any) -> EditorView:
    form = WishForm.from_search(a_saved_search(**changes), "EUR")
    return EditorView(audience, form, errors or {}, words=WORDS)


def test_features_that_are_wished_for_are_not_offered_again() -> None:
    editor = view(must_have=["lift"])
    assert editor.features == [FeatureRow("lift", "lift", "must")]
    assert [word["word"] for word in editor.feature_choices] == ["garden"]


def test_the_kinds_to_tick_are_the_usual_ones_and_those_that_are_ticked() -> None:
    kinds = dict(view(property_sub_types=["loft"]).home_types)
    assert len(kinds) == 5
    assert kinds["loft"] == "Loft"


def test_a_prospect_keeps_a_finer_strength_that_a_member_chose() -> None:
    strong = FeatureRow("lift", "lift", "strong")
    assert view(PROSPECT).weights(strong) == ("must", "strong", "wont", "")
    assert view(MEMBER).weights(strong) == ("must", "strong", "would", "might", "wont", "")


def test_the_chosen_currency_comes_first() -> None:
    assert view(currency="CHF").currencies[0] == "CHF"


@pytest.mark.parametrize(
    ("changes", "errors", "is_open"),
    [({}, {}, False), ({"year_built_min": 1990}, {}, True), ({}, {"bedrooms_max": "wrong"}, True)],
)
def test_rarer_figures_are_open_where_one_is_stated_or_wrong(
    changes: dict[str, Any], errors: dict[str, str], is_open: bool
) -> None:
    assert view(errors=errors, **changes).has_more_figures is is_open


def test_the_map_looks_at_the_persons_country_while_nothing_is_found() -> None:
    assert "view" in view().map_data
    form = WishForm.from_search(a_saved_search(areas=[{"place": {"name": "Cádiz"}}]), "EUR")
    found = EditorView(MEMBER, form, {}, preview=wish_preview(a_preview(), form, "/listings/"))
    assert "view" not in found.map_data
    assert found.map_data["areas"] == [{"key": 0, "place": {"name": "Cádiz"}}]
    assert (found.area_count(0), found.area_count(7)) == (None, None)


def test_a_paused_search_says_so() -> None:
    form = WishForm()
    assert EditorView(MEMBER, form, {}, search=a_saved_search(status="paused")).is_paused
    assert not EditorView(MEMBER, form, {}, search=a_saved_search()).is_paused
    assert not EditorView(MEMBER, form, {}).is_paused


def test_a_suggestion_with_other_figures_has_another_key() -> None:
    keys = {WishSuggestion.from_reply(a_suggestion(figures={"amount": amount})).key for amount in (1, 2, 2)}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("fitting", "text"), [(None, "Saved."), (1, "Saved. One home fits."), (3, "Saved. 3 homes fit.")]
)
def test_after_saving_the_homes_that_fit_are_said_where_they_are_known(fitting: int | None, text: str) -> None:
    assert fitting_text(fitting) == text
