"""The editor as its templates show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.gateway.components.map import geography
from services.gateway.components.map.pins import Pin
from services.gateway.components.wish_editor.audience import CURRENCIES, Audience
from services.gateway.components.wish_editor.forms import WishForm
from services.gateway.components.wish_editor.preview import WishPreview
from services.gateway.components.wish_editor.suggestions import WishSuggestion
from services.gateway.upstream.matching import KnownWord, KnownWords, ResolvedWord, SavedSearch
from services.gateway.web.language import gettext as _
from services.gateway.web.language import ngettext
from services.gateway.web.vocabulary import feature_name, kinds_of_home
from shared.vocabulary.criteria import FEATURE_WEIGHTS

USUAL_HOME_TYPES = 4
# What a feature weighs that does not matter; it is left out when the form is read.
NO_WEIGHT = ""
NO_WORDS: KnownWords = {"features": [], "property_sub_types": []}


@dataclass(frozen=True)
class FeatureRow:
    """A feature that is wished for, what it is called, and how much it weighs."""

    word: str
    label: str
    weight: str


@dataclass(frozen=True)
class EditorView:
    """The form with its errors, what it finds (None where that is not known), and what may be added to it.

    `search` is the saved search that is changed, None for a new one; `market` are pins of homes for the map while
    nothing is stated.
    """

    audience: Audience
    form: WishForm
    errors: Mapping[str, str]
    words: KnownWords = field(default_factory=lambda: NO_WORDS)
    preview: WishPreview | None = None
    is_preview_unavailable: bool = False
    search: SavedSearch | None = None
    suggestions: Sequence[WishSuggestion] = ()
    market: Sequence[Pin] = ()

    @property
    def typed(self) -> Mapping[str, str]:
        """The texts of the single fields."""
        return self.form.typed

    @property
    def is_paused(self) -> bool:
        """Whether the saved search is paused."""
        return bool(self.search) and self.search["status"] == "paused"  # type: ignore[index]  # bool() narrows nothing

    @property
    def warnings(self) -> Sequence[str]:
        """Words and places that matching does not know."""
        return self.preview.warnings if self.preview else ()

    @property
    def currencies(self) -> list[str]:
        """The currencies to choose from, the chosen one first."""
        return list(dict.fromkeys((self.typed.get("currency") or self.audience.currency, *CURRENCIES)))

    @property
    def features(self) -> list[FeatureRow]:
        """The features that are wished for."""
        labels = {word["word"]: word["label"] for word in self._resolved()}
        labels |= {word["typed"]: word["label"] for word in self._resolved()}
        return [
            FeatureRow(word, labels.get(word) or feature_name(word), weight)
            for word, weight in self.form.weights.items()
        ]

    @property
    def feature_choices(self) -> list[KnownWord]:
        """The features that can still be added."""
        return [word for word in self.words["features"] if word["word"] not in self.form.weights]

    def weights(self, feature: FeatureRow) -> tuple[str, ...]:
        """How much a feature may weigh; the simple editor keeps a finer strength that a member chose."""
        if not self.audience.is_simple:
            return (*FEATURE_WEIGHTS.codes, NO_WEIGHT)
        return ("must", feature.weight if feature.weight in ("strong", "might") else "would", "wont", NO_WEIGHT)

    @property
    def home_types(self) -> list[tuple[str, str]]:
        """The kinds of home to tick, each with its label: the usual ones and those already ticked."""
        labels = {word["word"]: word["label"] for word in self.words["property_sub_types"]}
        usual = kinds_of_home()[:USUAL_HOME_TYPES]
        more = [kind for kind in self.form.home_types if kind not in dict(usual)]
        return usual + [(kind, labels.get(kind, kind).capitalize()) for kind in more]

    @property
    def has_more_figures(self) -> bool:
        """Whether one of the rarer figures is stated or wrong."""
        rare = ("bedrooms_max", "living_area_max", "lot_size_area_min", "year_built_min")
        return any(self.typed.get(name) or self.errors.get(name) for name in rare)

    @property
    def map_data(self) -> Mapping[str, object]:
        """The areas by their place in the list, the homes, and where the map looks while nothing is stated."""
        areas = [{"key": at, **area.body} for at, area in enumerate(self.form.areas)]
        shown = {"areas": areas, "homes": self.preview.pins if self.preview else self.market, "isFixed": False}
        return shown if self.preview else {**shown, "view": geography.start(self.audience.country)}

    def area_count(self, index: int) -> int | None:
        """How many homes that fit lie in an area; None where that is not known."""
        counts = self.preview.area_counts if self.preview else ()
        return counts[index] if index < len(counts) else None

    def _resolved(self) -> list[ResolvedWord]:
        return list(self.preview.words.values()) if self.preview else []


def fitting_text(fitting: int | None) -> str:
    """That the wishes are saved, and how many homes fit them where that is known."""
    if fitting is None:
        return _("Saved.")
    return ngettext("Saved. One home fits.", "Saved. %(num)s homes fit.", fitting) % {"num": fitting}
