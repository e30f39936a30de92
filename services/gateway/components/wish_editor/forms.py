"""Wishes as a form: what was typed, in the reader's notation, and the saved search that it stands for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from werkzeug.datastructures import MultiDict

from services.gateway.components.wish_editor.areas import WishArea
from services.gateway.components.wish_editor.figures import FIGURES, PLAIN_FIGURES, Radius, WishFigures
from services.gateway.upstream.matching import ResolvedWord, SavedSearch, SavedSearchPatch
from services.gateway.web.formats import number
from services.gateway.web.forms.page_form import FormErrors
from services.gateway.web.language import gettext as _

PAIRS = (("list_price_min", "list_price_max"), ("bedrooms_min", "bedrooms_max"), ("living_area_min", "living_area_max"))
TEXTS = ("name", "transaction", "currency", "alerts", "alert_possible", "valid_until", "version")
# Fields from which a button adds something to the form.
ADDING = ("add_word", "add_place", "add_kind")
STRENGTHS = ("strong", "would", "might")
USUAL_TOLERANCE = 10
LEAST_RADIUS_KM, MOST_RADIUS_KM = 0.05, 500


@dataclass(frozen=True)
class WishForm:
    """Wishes while they are changed.

    `typed` holds the texts of single fields, `weights` says for a feature whether it is a must, strong, would, might or
    wont, `area_errors` what could not be read of the areas.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    home_types: tuple[str, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    areas: tuple[WishArea, ...] = ()
    area_errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, currency: str) -> WishForm:
        """The form before anything is stated."""
        typed = {"transaction": "sale", "currency": currency, "alerts": "instant"}
        return cls(typed | {"tolerance_percent": str(USUAL_TOLERANCE)})

    @classmethod
    def from_search(cls, search: SavedSearch | SavedSearchPatch, currency: str) -> WishForm:
        """A saved search as the form shows it; `currency` stands where the search has none."""
        facts = cast("Mapping[str, object]", search)
        typed = {name: str(facts.get(name) or "") for name in TEXTS}
        typed |= {name: _shown(facts.get(name), name) for name in FIGURES}
        typed["currency"] = typed["currency"] or currency
        typed["alerts"] = typed["alerts"] or "instant"
        typed["alert_possible"] = "yes" if search.get("alert_possible") else ""
        weights = dict.fromkeys(search.get("must_have") or (), "must")
        weights |= search.get("preferences") or {}
        weights |= dict.fromkeys(search.get("wont_accept") or (), "wont")
        areas = tuple(WishArea.from_reply(area) for area in search.get("areas") or ())
        return cls(typed, tuple(search.get("property_sub_types") or ()), weights, areas)

    @classmethod
    def from_form(cls, form: MultiDict[str, str]) -> WishForm:
        """The form as it was sent."""
        typed = {name: form.get(name, "").strip() for name in (*TEXTS, *FIGURES, *ADDING)}
        home_types = tuple(dict.fromkeys(kind for kind in form.getlist("property_sub_types") if kind))
        pairs = zip(form.getlist("word"), form.getlist("level"), strict=False)
        weights = {word: weight for word, weight in pairs if word and weight}
        areas, errors = _areas_from(form)
        return cls(typed, home_types, weights, areas, errors)

    @cached_property
    def errors(self) -> FormErrors:
        """What is wrong, a sentence for each field; under "" what no field is to blame for."""
        figures, errors = self._figures
        errors = FormErrors({**self.area_errors, **errors})
        for low, high in PAIRS:
            lowest, highest = figures[low], figures[high]
            if lowest is not None and highest is not None and lowest > highest:
                errors[high] = _swapped(high)
        if not errors and not self._decides():
            errors[""] = _(
                "Enter at least one price, size, area or type of home, or a feature that is a "
                "must-have or not acceptable."
            )
        return errors

    def body(self) -> SavedSearchPatch:
        """The saved search that the form stands for; what could not be read is None in it and stands in `errors`."""
        return {
            **self.criteria(),
            "name": self.typed.get("name") or None,
            "alerts": self.typed.get("alerts") or "instant",
            "alert_possible": bool(self.typed.get("alert_possible")),
            "valid_until": self.typed.get("valid_until") or None,
        }

    def criteria(self) -> SavedSearchPatch:
        """The part of the body that decides which homes fit: enough for a preview."""
        tolerance = self._whole("tolerance_percent")
        return {
            "transaction": self.typed.get("transaction") or "sale",
            "currency": (self.typed.get("currency") or "").upper() or None,
            "property_sub_types": list(self.home_types),
            "list_price_min": self._value("list_price_min"),
            "list_price_max": self._value("list_price_max"),
            "bedrooms_min": self._value("bedrooms_min"),
            "bedrooms_max": self._value("bedrooms_max"),
            "bathrooms_min": self._value("bathrooms_min"),
            "living_area_min": self._value("living_area_min"),
            "living_area_max": self._value("living_area_max"),
            "lot_size_area_min": self._value("lot_size_area_min"),
            "year_built_min": self._whole("year_built_min"),
            "tolerance_percent": USUAL_TOLERANCE if tolerance is None else tolerance,
            "areas": [area.body for area in self.areas],
            "must_have": [word for word, weight in self.weights.items() if weight == "must"],
            "wont_accept": [word for word, weight in self.weights.items() if weight == "wont"],
            "preferences": {word: weight for word, weight in self.weights.items() if weight in STRENGTHS},
        }

    def with_feature(self, name: str) -> WishForm:
        """The form with one more feature, as a mild wish."""
        weights = dict(self.weights)
        if name:
            weights.setdefault(name, "would")
        return replace(self, weights=weights, typed=self._without("add_word"))

    def with_home_type(self, name: str) -> WishForm:
        """The form with one more kind of home."""
        home_types = tuple(dict.fromkeys(filter(None, (*self.home_types, name))))
        return replace(self, home_types=home_types, typed=self._without("add_kind"))

    def with_place(self, name: str) -> WishForm:
        """The form with one more area, found by its name."""
        areas = (*self.areas, WishArea.from_name(name)) if name else self.areas
        return replace(self, areas=areas, typed=self._without("add_place"))

    def with_area(self, text: str) -> WishForm:
        """The form with one more area that was drawn, as JSON."""
        area = WishArea.from_json(text)
        return replace(self, areas=(*self.areas, area)) if area else self

    def without_area(self, index: str) -> WishForm:
        """The form without the area at this place of the list."""
        if not index.isdigit():
            return self
        return replace(self, areas=tuple(area for at, area in enumerate(self.areas) if at != int(index)))

    def with_patch(self, text: str) -> WishForm:
        """The form after a change that matching offered, as JSON; unchanged where the text is no such change."""
        body = self.body()
        try:
            patch = json.loads(text)
        except ValueError:
            return self
        if self.errors or not isinstance(patch, dict) or not patch.keys() <= body.keys():
            return self
        changed = WishForm.from_search(cast("SavedSearchPatch", {**body, **patch}), body["currency"] or "")
        return replace(changed, typed={**changed.typed, "version": self.typed.get("version", "")})

    def with_known_words(self, words: Mapping[str, ResolvedWord]) -> WishForm:
        """The form with typed kinds and features under the codes that matching knows them by."""
        codes = {typed: word["word"] for typed, word in words.items() if word["by"] != "typed"}
        home_types = tuple(dict.fromkeys(codes.get(kind, kind) for kind in self.home_types))
        weights = {codes.get(word, word): weight for word, weight in self.weights.items()}
        return replace(self, home_types=home_types, weights=weights)

    def with_version(self, version: int) -> WishForm:
        """The form over a newer version of the saved search."""
        return replace(self, typed={**self.typed, "version": str(version)})

    @cached_property
    def _figures(self) -> tuple[dict[str, float | None], FormErrors]:
        return WishFigures.read({name: self.typed.get(name, "") for name in FIGURES})

    def _value(self, name: str) -> float | None:
        return self._figures[0][name]

    def _whole(self, name: str) -> int | None:
        value = self._value(name)
        return None if value is None else int(value)

    def _decides(self) -> bool:
        figures = any(self._value(name) is not None for name in FIGURES if name != "tolerance_percent")
        return figures or bool(self.areas or self.home_types) or bool({"must", "wont"} & set(self.weights.values()))

    def _without(self, name: str) -> Mapping[str, str]:
        return {**self.typed, name: ""}


def _areas_from(form: MultiDict[str, str]) -> tuple[tuple[WishArea, ...], dict[str, str]]:
    areas: list[WishArea] = []
    errors: dict[str, str] = {}
    rows = zip(form.getlist("area"), form.getlist("area_name"), form.getlist("area_radius"), strict=False)
    for at, (text, name, radius) in enumerate(rows):
        area = WishArea.from_json(text)
        if area is None:
            errors[""] = _("An area could not be read. Draw it again.")
            continue
        area = area if area.is_place else area.named(name.strip())
        if area.radius_km is not None and radius.strip():
            radius_km = Radius.read({"radius_km": radius})[0]["radius_km"]
            if radius_km is None or not LEAST_RADIUS_KM <= radius_km <= MOST_RADIUS_KM:
                errors[f"area_radius_{at}"] = _("Enter 0.05 to 500 kilometres.")
            else:
                area = area.with_radius(radius_km)
        areas.append(area)
    return tuple(areas), errors


def _swapped(name: str) -> str:
    sentences = {
        "list_price_max": _("The highest price is below the lowest. Swap them?"),
        "bedrooms_max": _("The maximum number of bedrooms is below the minimum. Swap them?"),
        "living_area_max": _("The largest area is below the smallest. Swap them?"),
    }
    return sentences[name]


def _shown(value: object, name: str) -> str:
    if not isinstance(value, (int, float)):
        return ""
    return str(int(value)) if name in PLAIN_FIGURES else number(value)
