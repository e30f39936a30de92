"""The preview of wishes on pages: the funnel, changes that match more, the best homes, pins and prices."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.gateway.components.beam.present import beam
from services.gateway.components.map.pins import KINDS, Pin, pin
from services.gateway.components.wish_editor.areas import WishArea
from services.gateway.components.wish_editor.forms import WishForm
from services.gateway.components.wish_editor.funnel import FunnelStep, funnel_steps, group_of, plain_funnel
from services.gateway.upstream.matching import (
    Counterfactual,
    ListingSummary,
    MapPoint,
    Match,
    Preview,
    PriceSupply,
    ResolvedWord,
)
from services.gateway.web.language import ngettext

MOST_BEST, MOST_OPENINGS = 5, 4
FITTING = ("match", "possible")
MOST_FITTING_POINTS = 150  # the most points of matching homes that matching returns
BAR_WIDTH, BAR_HEIGHT = 12, 36


@dataclass(frozen=True)
class Opening:
    """A change of the wishes that would find more homes; `patch` is JSON for the button that tries it."""

    text: str
    patch: str

    @classmethod
    def from_reply(cls, offered: Counterfactual) -> Opening:
        """The change as matching offers it."""
        return cls(offered["text"], json.dumps(offered["patch"], ensure_ascii=False))


@dataclass(frozen=True)
class BestHome:
    """One of the best homes: where its page is, one line on why, and its score with the beam's segments."""

    listing: ListingSummary
    path: str
    note: str
    score: int
    beam: Sequence[Mapping[str, Any]]  # segments as the beam's macro draws them

    @classmethod
    def from_reply(cls, match: Match, home_path: str) -> BestHome:
        """A match as matching lists it."""
        reasons = match["unknowns"] if match["kind"] == "possible" and match["unknowns"] else match["reasons"]
        path = f"{home_path}{match['listing_id']}"
        return cls(match["listing"], path, reasons[0]["text"] if reasons else "", match["score"], beam(match))


@dataclass(frozen=True)
class PriceBar:
    """Homes in one step of price: drawn at `x`, so high; `is_within` the budget."""

    x: int
    height: float
    is_within: bool


@dataclass(frozen=True)
class PriceBars:
    """The homes on the market by price, and a slider over them from 0 to `most`, in steps of `slider_step`."""

    bars: tuple[PriceBar, ...]
    slider_step: float
    most: float
    now: float


@dataclass(frozen=True)
class WishPreview:
    """What wishes find: homes that fit (`total`) and that almost fit (`near`), and how to find more."""

    total: int
    near: int
    steps: tuple[FunnelStep, ...]
    plain: str
    openings: tuple[Opening, ...]
    best: tuple[BestHome, ...]
    pins: Sequence[Pin]
    bars: PriceBars | None
    words: Mapping[str, ResolvedWord]
    area_counts: tuple[int | None, ...]
    warnings: Sequence[str]

    @property
    def sentence(self) -> str:
        """The summary that a screen reader reads once the figures have settled."""
        fits = ngettext("one home fits", "%(num)s homes fit", self.total) % {"num": self.total}
        near = ngettext("one is near", "%(num)s are near", self.near) % {"num": self.near}
        return f"{fits}, {near}"

    @property
    def area_texts(self) -> list[str]:
        """How many homes lie in each area; empty where that is not known."""
        return [homes_text(count) for count in self.area_counts]

    @property
    def script_data(self) -> Mapping[str, object]:
        """What the editor's script puts on the map and beside the areas."""
        return {"homes": self.pins, "counts": self.area_texts}


def wish_preview(reply: Preview, form: WishForm, home_path: str) -> WishPreview:
    """What matching found for this form; a home's page is at `home_path` followed by its id."""
    return WishPreview(
        total=reply["total"],
        near=reply["near"],
        steps=funnel_steps(reply, form.criteria()),
        plain=plain_funnel(reply),
        openings=tuple(map(Opening.from_reply, _ranked(reply))),
        best=tuple(BestHome.from_reply(match, home_path) for match in reply["top"][:MOST_BEST]),
        pins=_pins(reply, home_path),
        bars=price_bars(reply["prices"], form.criteria()["list_price_max"]),
        words={word["typed"]: word for word in reply["words"]},
        area_counts=tuple(homes_in(area, reply["homes"]) for area in form.areas),
        warnings=reply["warnings"],
    )


def homes_in(area: WishArea, homes: Sequence[MapPoint]) -> int | None:
    """How many of the homes that fit lie in an area; None where the points cannot tell."""
    fitting = [home for home in homes if home["kind"] in FITTING]
    if area.is_place or len(fitting) >= MOST_FITTING_POINTS:
        return None
    return sum(area.contains(home["latitude"], home["longitude"]) for home in fitting)


def homes_text(count: int | None) -> str:
    """So many homes; empty where it is not known."""
    return "" if count is None else ngettext("one home", "%(num)s homes", count) % {"num": count}


def price_bars(supply: PriceSupply | None, highest: float | None) -> PriceBars | None:
    """The market's prices behind the budget, heights by the square root; None where there is nothing to draw."""
    if not supply or not any(supply["counts"]):
        return None
    step, counts = supply["step"], supply["counts"]
    bars = tuple(
        PriceBar(
            x=at * BAR_WIDTH,
            height=round(BAR_HEIGHT * math.sqrt(count / max(counts)), 1),
            is_within=highest is None or (at + 0.5) * step <= highest,
        )
        for at, count in enumerate(counts)
    )
    end = step * len(counts)
    return PriceBars(bars, slider_step=step / 2, most=end, now=end if highest is None else min(highest, end))


def _ranked(reply: Preview) -> list[Counterfactual]:
    """One change of each kind; where one criterion left no home, its own changes come first."""
    emptied = next((group_of(step["criterion"]) for step in reply["funnel"] if not step["left"]), None)
    first_of_kind: dict[str, Counterfactual] = {}
    for offered in reply["counterfactuals"]:
        first_of_kind.setdefault(f"{offered['change']}.{offered['figures'].get('feature', '')}", offered)
    ranked = sorted(first_of_kind.values(), key=lambda each: group_of(each["change"]) != emptied)
    return ranked[:MOST_OPENINGS]


def _pins(reply: Preview, home_path: str) -> list[Pin]:
    """Pins for the map; the best homes have their names."""
    named = {match["listing_id"]: match["listing"] for match in reply["top"]}
    found = [
        pin({**named.get(home["id"], {}), **home}, KINDS.get(home["kind"], "other"), home_path)
        for home in reply["homes"]
    ]
    return [each for each in found if each]
