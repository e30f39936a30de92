"""Wishes as their form holds them: typed texts in the reader's notation, and what they mean to the service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from services.gateway.components.map import geography
from services.gateway.web.answers import Row
from services.gateway.web.typed import number_typed
from services.gateway.web.view import Faults
from services.gateway.web.words import gettext as _
from services.gateway.web.words import number

# what each figure may be at most; pairs are (lowest, highest)
FIGURES: Mapping[str, float] = {
    "list_price_min": 1e10, "list_price_max": 1e10, "bedrooms_min": 100, "bedrooms_max": 100, "bathrooms_min": 100,
    "living_area_min": 1e6, "living_area_max": 1e6, "lot_size_area_min": 1e9, "year_built_min": 3000,
    "tolerance_percent": 50,
}  # fmt: skip
PAIRS = (("list_price_min", "list_price_max"), ("bedrooms_min", "bedrooms_max"), ("living_area_min", "living_area_max"))
WHOLE = ("bedrooms_min", "bedrooms_max", "bathrooms_min", "year_built_min", "tolerance_percent")
PLAIN = ("year_built_min",)
TEXTS = ("name", "transaction", "currency", "alerts", "valid_until", "version", "add_word", "add_place", "add_kind")
ABOUT = ("name", "alerts", "alert_possible", "valid_until")
STRENGTHS = ("strong", "would", "might")
USUAL_KM = 1.0


@dataclass
class Draft:
    """Wishes under change; `levels` are word -> must, strong, would, might or wont."""

    typed: dict[str, str] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    levels: dict[str, str] = field(default_factory=dict)
    areas: list[Row] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    @classmethod
    def blank(cls, currency: str) -> Draft:
        """Wishes that nobody has stated yet."""
        return cls({"transaction": "sale", "currency": currency, "alerts": "instant", "tolerance_percent": "10"})

    @classmethod
    def of(cls, search: Mapping[str, Any], currency: str) -> Draft:
        """Saved wishes, or a changed draft, as the form shows them."""
        typed = {name: str(search.get(name) or "") for name in TEXTS}
        typed |= {name: _shown(search.get(name), name) for name in FIGURES}
        typed["currency"] = typed["currency"] or currency
        typed["alerts"] = typed["alerts"] or "instant"
        typed["alert_possible"] = "yes" if search.get("alert_possible") else ""
        levels = dict.fromkeys(search.get("must_have") or (), "must")
        levels |= dict(search.get("preferences") or {})
        levels |= dict.fromkeys(search.get("wont_accept") or (), "wont")
        areas = [dict(area) for area in search.get("areas") or ()]
        return cls(typed, list(search.get("property_sub_types") or ()), levels, areas)

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> Draft:
        """The form as it was sent."""
        typed = {name: form.get(name, "").strip() for name in (*TEXTS, *FIGURES, "alert_possible")}
        words = zip(form.getlist("word"), form.getlist("level"), strict=False)
        kinds = list(dict.fromkeys(kind for kind in form.getlist("property_sub_types") if kind))
        draft = cls(typed, kinds, {word: level for word, level in words if word and level})
        rows = zip(form.getlist("area"), form.getlist("area_name"), form.getlist("area_radius"), strict=False)
        for at, row in enumerate(rows):
            draft._read_area(at, *row)
        return draft

    def body(self) -> Row:
        """What the service is told; what cannot be read stands in `faults`."""
        told: Row = {name: self._figure(name) for name in FIGURES}
        told["tolerance_percent"] = 10 if told["tolerance_percent"] is None else told["tolerance_percent"]
        told |= {"name": self.typed.get("name") or None, "transaction": self.typed.get("transaction") or "sale"}
        told["currency"] = (self.typed.get("currency") or "").upper() or None
        told |= {"property_sub_types": self.kinds, "areas": self.areas}
        told["must_have"] = [word for word, level in self.levels.items() if level == "must"]
        told["wont_accept"] = [word for word, level in self.levels.items() if level == "wont"]
        told["preferences"] = {word: level for word, level in self.levels.items() if level in STRENGTHS}
        told |= {"alerts": self.typed.get("alerts") or "instant", "valid_until": self.typed.get("valid_until") or None}
        told["alert_possible"] = bool(self.typed.get("alert_possible"))
        self._check(told)
        return told

    def criteria(self) -> Row:
        """What a preview is asked with: how alerts come and how long decides nothing about homes."""
        return {name: value for name, value in self.body().items() if name not in ABOUT}

    def add_word(self, typed: str) -> None:
        """Wish for one more feature."""
        if typed:
            self.levels.setdefault(typed, "would")
            self.typed["add_word"] = ""

    def add_kind(self, typed: str) -> None:
        """Wish for one more kind of home."""
        if typed and typed not in self.kinds:
            self.kinds.append(typed)
        self.typed["add_kind"] = ""

    def add_place(self, typed: str) -> None:
        """Wish for a place: around a district that we know, else a postal code or a town by its name."""
        if not typed:
            return
        around = geography.district(typed)
        if around:
            point = {"latitude": around.latitude, "longitude": around.longitude, "radius_km": USUAL_KM}
            self.areas.append({"circle": point})
        else:
            is_code = any(letter.isdigit() for letter in typed)
            self.areas.append({"place": {"postal_code" if is_code else "name": typed}})
        self.typed["add_place"] = ""

    def _read_area(self, at: int, text: str, name: str, radius: str) -> None:
        area = area_read(text)
        if area is None:
            self.faults[""] = _("An area could not be read. Draw it again.")
            return
        kind, body = next(iter(area.items()))
        if kind != "place":
            body.pop("name", None)
            body |= {"name": name.strip()[:120]} if name.strip() else {}
        if kind == "circle" and radius.strip():
            value, fault = number_typed(radius)
            if fault or value is None or not 0.05 <= value <= 500:
                self.faults[f"area_radius_{at}"] = _("Give kilometres from 0.05 to 500.")
            else:
                body["radius_km"] = value
        self.areas.append(area)

    def _figure(self, name: str) -> float | int | None:
        value, fault = number_typed(self.typed.get(name, ""), plain=name in PLAIN)
        if value is not None and not 0 <= value <= FIGURES[name]:
            fault = _("Give a number from 0 to %(most)s.") % {"most": number(FIGURES[name])}
        if value is not None and not fault and name in WHOLE and value != int(value):
            fault = _("Give a whole number.")
        if fault:
            self.faults[name] = fault
            return None
        return value

    def _check(self, told: Row) -> None:
        sentences = {
            "list_price_max": _("The highest price is below the lowest. Swap them?"),
            "bedrooms_max": _("The most bedrooms are fewer than the fewest. Swap them?"),
            "living_area_max": _("The largest area is below the smallest. Swap them?"),
        }
        for low, high in PAIRS:
            if told[low] is not None and told[high] is not None and told[low] > told[high]:
                self.faults[high] = sentences[high]
        lists = ("areas", "property_sub_types", "must_have", "wont_accept")
        numbers = any(told[name] is not None for name in FIGURES if name != "tolerance_percent")
        if not self.faults and not numbers and not any(told[name] for name in lists):
            self.faults[""] = _("State at least one price, size, area, kind or feature that decides.")


def area_read(text: str) -> Row | None:
    """An area from a hidden field of the form; None when it is none."""
    try:
        area = json.loads(text)
    except ValueError:
        return None
    is_area = isinstance(area, dict) and len(area) == 1 and next(iter(area)) in ("circle", "polygon", "place")
    if not is_area or not isinstance(next(iter(area.values())), dict):
        return None
    return {kind: dict(body) for kind, body in area.items()} if _is_whole(area) else None


def _is_whole(area: Mapping[str, Any]) -> bool:
    """Whether an area has what its name and its drawing need; the service checks the rest."""
    kind, body = next(iter(area.items()))
    if kind == "circle":
        return all(isinstance(body.get(name), (int, float)) for name in ("latitude", "longitude", "radius_km"))
    if kind == "place":
        return bool(body)
    rings = body.get("coordinates")
    try:
        ring = rings[0][0] if body.get("type") == "MultiPolygon" else rings[0]
        return len(ring) > 1 and all(isinstance(value, (int, float)) for point in ring for value in point[:2])
    except (TypeError, LookupError):
        return False


def _shown(value: Any, name: str) -> str:
    if not isinstance(value, (int, float)):
        return ""
    return str(int(value)) if name in PLAIN else number(value)
