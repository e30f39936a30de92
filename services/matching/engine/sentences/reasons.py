"""Verdicts as sentences with figures, in the reader's language: what fits, what is missed, what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from services.matching.engine.criteria import FAIL, NEAR, PASS, UNKNOWN, Criterion
from services.matching.engine.dictionary.lexicon import Resolved
from services.matching.engine.dictionary.words import label
from services.matching.engine.evaluate import Verdict
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.criterion_sentences import Sentences
from services.matching.engine.sentences.figures import Figures
from shared.vocabulary.i18n import translations

CATALOGS = Path(__file__).parent.parent.parent / "locale"
# The order of reasons for readers: price, place, required features, sizes, the rest; the type comes last.
HEAVIEST = ("price", "location", "feature.must_have", "feature.strong", "living_area", "bedrooms", "feature")
LIGHTEST = "property_sub_type"
STRENGTH = {3: "strong", 2: "would", 1: "might"}


class ReasonReply(TypedDict):
    """A reason on the wire."""

    code: str
    figures: dict[str, Any]  # names and values depend on the code
    text: str


class ReasonReplies(TypedDict):
    """The reasons of one verdict: what fits, what is missed, what is not known."""

    reasons: list[ReasonReply]
    misses: list[ReasonReply]
    unknowns: list[ReasonReply]


class Reason(NamedTuple):
    """One sentence with its figures, and a stable code for programs."""

    code: str
    figures: dict[str, Any]
    text: str

    def to_wire(self) -> ReasonReply:
        """The reason as JSON."""
        return {"code": self.code, "figures": self.figures, "text": self.text}


def reasons_of(verdict: Verdict, search: Search, listing: Listing, language: str) -> ReasonReplies:
    """The reasons of a verdict in the order of its criteria."""
    drawers: dict[str, list[ReasonReply]] = {"reasons": [], "misses": [], "unknowns": []}
    for one in reasons_by_criterion(verdict.criteria, search, listing, language):
        for drawer, reason in one:
            drawers[drawer].append(reason.to_wire())
    return {"reasons": drawers["reasons"], "misses": drawers["misses"], "unknowns": drawers["unknowns"]}


def reasons_by_criterion(
    criteria: Iterable[Criterion], search: Search, listing: Listing, language: str
) -> Iterator[list[tuple[str, Reason]]]:
    """For each criterion its sentence and those of the decisions behind it, each with its group."""
    teller = _Teller(search, listing, language)
    for criterion in criteria:
        decisions = [("reasons", decision) for decision in teller.decisions(criterion)]
        yield [(_drawer(criterion), teller.criterion(criterion)), *decisions]


def by_weight(reasons: Iterable[ReasonReply]) -> list[ReasonReply]:
    """Reasons as JSON, in the order of importance to readers; equal ones keep their order."""
    return sorted(reasons, key=lambda reason: _rank(reason["code"]))


def _rank(code: str) -> int:
    if code.startswith(LIGHTEST):
        return len(HEAVIEST) + 1
    return next((at for at, start in enumerate(HEAVIEST) if code.startswith(start)), len(HEAVIEST))


def _drawer(criterion: Criterion) -> str:
    if criterion.state in (NEAR, FAIL):
        return "misses"
    mentioned = criterion.state != UNKNOWN and not ("." in criterion.name and criterion.found is None)
    return "reasons" if mentioned else "unknowns"


@lru_cache(maxsize=8)
def _sentences(language: str) -> Sentences:
    return Sentences(translations(CATALOGS, language), Figures(language))


class _Teller:
    """Turns the criteria of one pair into reasons of one language."""

    def __init__(self, search: Search, listing: Listing, language: str) -> None:
        self.search, self.listing, self.language = search, listing, language
        self.say = _sentences(language)
        self.figures = self.say.figures

    def criterion(self, one: Criterion) -> Reason:
        """The sentence of a criterion."""
        group, _, word = one.name.partition(".")
        if word:
            return self._feature(one, group, word)
        if one.name == "price":
            return self._price(one)
        if one.name == "location":
            return self._location(one)
        if one.name == "property_sub_type":
            return self._type(one)
        if isinstance(one.wanted, dict):
            return self._number(one)
        text = self.say.gate(one.name, one.found, one.wanted)
        return Reason(f"gate.{one.name}", {"found": one.found, "wanted": one.wanted}, text)

    def decisions(self, one: Criterion) -> Iterator[Reason]:
        """Every fuzzy or converting decision behind this criterion."""
        if one.name == "price" and one.found.get("converted") is not None:
            yield Reason("price.converted", one.found, self.say.conversion(one.found))
        for word in self._words_behind(one):
            if word.by in ("typo", "alias"):
                name = self._shown(word, one.name)
                figures = {"typed": word.typed, "name": name}
                yield Reason(f"accepted.{word.by}", figures, self.say.accepted(word.by, word.typed, name))

    def _words_behind(self, one: Criterion) -> Iterator[Resolved]:
        group, _, word = one.name.partition(".")
        if word:
            mine = [getattr(self.search, group)[word], self.listing.features.get(word)]
            mine.append(self.listing.features_absent.get(word))
            yield from (word for word in mine if word is not None and word.by == "typo")
        elif one.name == "property_sub_type":
            mine = [*self.search.property_sub_types.values(), self.listing.property_sub_type]
            yield from (word for word in mine if word is not None and word.by == "typo")
        elif one.name == "location" and "place" in one.wanted and one.state != UNKNOWN:
            yield from (Resolved(place["typed"], "", place["name"], place["by"]) for place in _places_of(one))

    def _shown(self, word: Resolved, criterion: str) -> str:
        if criterion == "location" or word.by == "typed":
            return word.name
        part = "property_sub_types" if criterion == "property_sub_type" else "features"
        return label(part, word.key, self.language)

    def _price(self, one: Criterion) -> Reason:
        wanted, found = one.wanted, one.found
        amount = found.get("converted", found["amount"])
        figures = {"wanted": wanted, "found": found, "gap": one.gap, "currency": wanted["currency"]}
        if one.state == UNKNOWN:
            missing = found["amount"] is None
            code = "price.unknown" if missing else "price.no_rate"
            pair = (str(found["currency"]), wanted["currency"])
            return Reason(code, figures, self.say.price_unknown() if missing else self.say.no_rate(*pair))
        if one.state == PASS:
            under = None if wanted["max"] is None else round(wanted["max"] - amount, 2)
            figures["under"] = under
            code = "price.within" if under is None else "price.under" if under else "price.exact"
            return Reason(code, figures, self.say.price_fits(under, amount, wanted["currency"]))
        above = wanted["max"] is not None and amount > wanted["max"]
        bound = wanted["max"] if above else wanted["min"]
        figures["percent"] = round(100 * one.gap / bound, 1) if bound else None
        text = self.say.price_misses(above, one.gap, bound, wanted["currency"])
        return Reason("price.over" if above else "price.below", figures, text)

    def _number(self, one: Criterion) -> Reason:
        figures = {"wanted": one.wanted, "found": one.found, "gap": one.gap}
        if one.state == UNKNOWN:
            return Reason(f"{one.name}.unknown", figures, self.say.number_unknown(one.name))
        if one.state == PASS:
            return Reason(f"{one.name}.fits", figures, self.say.number_fits(one.name, one.found, one.wanted))
        above = one.wanted["max"] is not None and one.found > one.wanted["max"]
        text = self.say.number_misses(one.name, above, one.gap)
        return Reason(f"{one.name}.{'above' if above else 'below'}", figures, text)

    def _location(self, one: Criterion) -> Reason:
        kind = next(iter(one.wanted))
        code = f"location.{kind}.{'unknown' if one.state == UNKNOWN else 'outside' if one.state != PASS else 'inside'}"
        if one.state == UNKNOWN:
            return Reason(code, {}, self.say.location_unknown())
        if kind == "circle":
            figures = {"distance_km": one.found, "radius_km": one.wanted["circle"]["radius_km"], "beyond_km": one.gap}
            return Reason(code, figures, self.say.circle(one.state == PASS, one.found, one.gap))
        if kind == "polygon":
            return Reason(code, {}, self.say.polygon(one.found))
        wanted = one.wanted["place"]
        name = next(value for field, value in wanted.items() if field not in ("typed", "by"))
        figures = {"wanted": name, "found": one.found["name"]}
        return Reason(code, figures, self.say.place(one.state == PASS, one.found["name"], name))

    def _type(self, one: Criterion) -> Reason:
        word = self.listing.property_sub_type
        if one.state == UNKNOWN or word is None:
            return Reason("property_sub_type.unknown", {"wanted": one.wanted}, self.say.type_unknown())
        figures = {"wanted": one.wanted, "found": one.found}
        text = self.say.type(one.state == PASS, self._shown(word, one.name))
        return Reason(f"property_sub_type.{'fits' if one.state == PASS else 'other'}", figures, text)

    def _feature(self, one: Criterion, group: str, word: str) -> Reason:
        strength = STRENGTH[self.search.weights[word]] if group == "preferences" else group
        state = "unknown" if one.found is None else "present" if one.found else "absent"
        name = self._shown(getattr(self.search, group)[word], one.name)
        figures = {"feature": word, "strength": strength}
        return Reason(f"feature.{strength}.{state}", figures, self.say.feature(strength, one.found, name))


def _places_of(one: Criterion) -> Iterator[dict[str, str]]:
    wanted = one.wanted["place"]
    name = next(value for field, value in wanted.items() if field not in ("typed", "by"))
    yield {"typed": wanted["typed"], "name": name, "by": wanted["by"]}
    yield one.found
