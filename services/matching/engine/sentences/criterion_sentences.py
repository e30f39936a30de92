"""The sentences for criteria: whole, with named figures, through the catalogs; English is their source."""

from __future__ import annotations

from functools import cached_property
from gettext import NullTranslations
from typing import Any

from services.matching.engine.sentences.figures import Figures, Number, plural_number
from shared.vocabulary.criteria import CRITERIA
from shared.vocabulary.wording import word


class Sentences:
    """All sentences about criteria, in one language."""

    def __init__(self, catalog: NullTranslations, figures: Figures) -> None:
        self.catalog = catalog
        self.figures = figures

    def price_unknown(self) -> str:
        """No price is stated."""
        return self.catalog.gettext("price not stated")

    def no_rate(self, source: str, target: str) -> str:
        """The price cannot be compared."""
        text = self.catalog.gettext("price not compared: no exchange rate from %(source)s to %(target)s")
        return text % {"source": source, "target": target}

    def price_fits(self, under: Number | None, price: Number, currency: str) -> str:
        """A price inside the bounds: how much is left, where an upper bound is stated."""
        if under is None:
            text = self.catalog.gettext("%(price)s, not below the lowest price")
            return text % {"price": self.figures.money(price, currency)}
        if under == 0:
            return self.catalog.gettext("exactly on budget")
        return self.catalog.gettext("%(amount)s under budget") % {"amount": self.figures.money(under, currency)}

    def price_misses(self, above: bool, gap: Number, bound: Number, currency: str) -> str:
        """A price outside the bounds, by how much and what share of the bound."""
        amount = self.figures.money(gap, currency)
        if above and not bound:
            return self.catalog.gettext("%(amount)s over budget") % {"amount": amount}
        figures = {"amount": amount, "percent": self.figures.percent(gap / bound)}
        if above:
            return self.catalog.gettext("%(amount)s over budget (%(percent)s)") % figures
        return self.catalog.gettext("%(amount)s below the lowest price (%(percent)s)") % figures

    def conversion(self, found: dict[str, Any]) -> str:
        """The conversion of a price: from which amount, at which rate of which day."""
        figures = {
            "amount": self.figures.money(found["amount"], found["currency"]),
            "rate": self.figures.rate(found["rate"]),
        }
        if found["rate_date"] is None:
            return self.catalog.gettext("price converted from %(amount)s at %(rate)s") % figures
        figures["day"] = self.figures.day(found["rate_date"])
        return self.catalog.gettext("price converted from %(amount)s at %(rate)s, the rate of %(day)s") % figures

    def number_unknown(self, name: str) -> str:
        """A number that is not stated."""
        return self.feature("", None, word(CRITERIA, name, self.figures.locale.language))

    def number_fits(self, name: str, found: Number, wanted: dict[str, Any]) -> str:
        """A number inside its bounds, beside the wanted range."""
        figures = {"found": self._figure(name, found), "wanted": self._wanted(name, wanted)}
        gettext, ngettext, count = self.catalog.gettext, self.catalog.ngettext, plural_number(found)
        if name == "bedrooms":
            text = ngettext("%(found)s bedroom (wanted: %(wanted)s)", "%(found)s bedrooms (wanted: %(wanted)s)", count)
        elif name == "bathrooms":
            text = ngettext(
                "%(found)s bathroom (wanted: %(wanted)s)", "%(found)s bathrooms (wanted: %(wanted)s)", count
            )
        elif name == "living_area":
            text = gettext("%(found)s living area (wanted: %(wanted)s)")
        elif name == "lot_size_area":
            text = gettext("%(found)s plot (wanted: %(wanted)s)")
        else:
            text = gettext("built in %(found)s (wanted: %(wanted)s)")
        return text % figures

    def number_misses(self, name: str, above: bool, gap: Number) -> str:
        """A number outside its bounds, by how much."""
        gettext, ngettext, count = self.catalog.gettext, self.catalog.ngettext, plural_number(gap)
        if name == "bedrooms" and above:
            text = ngettext("%(gap)s bedroom more than wanted", "%(gap)s bedrooms more than wanted", count)
        elif name == "bedrooms":
            text = ngettext("%(gap)s bedroom fewer than wanted", "%(gap)s bedrooms fewer than wanted", count)
        elif name == "bathrooms":
            text = ngettext("%(gap)s bathroom fewer than wanted", "%(gap)s bathrooms fewer than wanted", count)
        elif name == "living_area" and above:
            text = gettext("%(gap)s more living area than wanted")
        elif name == "living_area":
            text = gettext("%(gap)s less living area than wanted")
        elif name == "lot_size_area":
            text = gettext("plot %(gap)s smaller than wanted")
        else:
            text = ngettext("built %(gap)s year earlier than wanted", "built %(gap)s years earlier than wanted", count)
        return text % {"gap": self.figures.number(gap) if name == "year_built" else self._figure(name, gap)}

    def _figure(self, name: str, value: Number) -> str:
        if name in ("living_area", "lot_size_area"):
            return self.figures.area(value)
        return str(value) if name == "year_built" else self.figures.number(value)

    def _wanted(self, name: str, wanted: dict[str, Any]) -> str:
        low, high = wanted["min"], wanted["max"]
        if high is None:
            return self.catalog.gettext("from %(low)s") % {"low": self._figure(name, low)}
        if low is None:
            return self.catalog.gettext("up to %(high)s") % {"high": self._figure(name, high)}
        figures = {"low": self._figure(name, low), "high": self._figure(name, high)}
        return self.catalog.gettext("%(low)s to %(high)s") % figures

    def location_unknown(self) -> str:
        """The listing does not say where it is."""
        return self.catalog.gettext("location not stated")

    def circle(self, inside: bool, distance: float, beyond: float | None) -> str:
        """The distance from a circle's centre, and from its edge when outside."""
        figures = {"distance": self.figures.distance(distance)}
        if inside:
            return self.catalog.gettext("%(distance)s from the centre of the circle") % figures
        figures["beyond"] = self.figures.distance(beyond or 0.0)
        text = self.catalog.gettext("%(distance)s from the centre of the circle, %(beyond)s outside it")
        return text % figures

    def polygon(self, inside: bool) -> str:
        """Inside or outside of the area drawn."""
        return (
            self.catalog.gettext("inside the drawn area") if inside else self.catalog.gettext("outside the drawn area")
        )

    def place(self, inside: bool, found: str, wanted: str) -> str:
        """The place named, or another one."""
        if inside:
            return self.catalog.gettext("in %(place)s, as named") % {"place": wanted}
        return self.catalog.gettext("in %(found)s, not in %(wanted)s") % {"found": found, "wanted": wanted}

    def accepted(self, by: str, typed: str, name: str) -> str:
        """A fuzzy decision: the typed word and how it was interpreted."""
        figures = {"typed": typed, "name": name}
        if by == "typo":
            return self.catalog.gettext("accepted %(name)s for “%(typed)s” (typing error)") % figures
        return self.catalog.gettext("accepted %(name)s for “%(typed)s” (another name)") % figures

    def type_unknown(self) -> str:
        """The property type is not stated."""
        return self.catalog.gettext("type not stated")

    def type(self, fits: bool, name: str) -> str:
        """The property type, one of the wanted or not."""
        if fits:
            return self.catalog.gettext("%(type)s, as wanted") % {"type": name}
        return self.catalog.gettext("%(type)s, not one of the types wanted") % {"type": name}

    def feature(self, strength: str, found: bool | None, name: str) -> str:
        """A feature word by how much it is wanted and whether the listing has it."""
        said = self._features.get((strength, found)) or self._features[None, found]
        return said % {"feature": name}

    @cached_property
    def _features(self) -> dict[tuple[str | None, bool | None], str]:
        gettext = self.catalog.gettext
        return {
            ("wont_accept", None): gettext("%(feature)s not mentioned (not acceptable)"),
            ("wont_accept", True): gettext("%(feature)s (not acceptable)"),
            ("wont_accept", False): gettext("no %(feature)s, as required"),
            ("must_have", True): gettext("%(feature)s, as required"),
            ("must_have", False): gettext("no %(feature)s (required)"),
            ("strong", False): gettext("no %(feature)s (strong wish)"),
            ("would", False): gettext("no %(feature)s (would prefer)"),
            ("might", False): gettext("no %(feature)s (might like)"),
            (None, None): gettext("%(feature)s not stated"),
            (None, True): gettext("%(feature)s, as wished"),
        }

    def gate(self, name: str, found: Any, wanted: Any) -> str:
        """Why two records cannot be compared."""
        gettext = self.catalog.gettext
        if name == "valid_until":
            return gettext("the wishes were valid until %(day)s") % {"day": self.figures.day(found)}
        if name == "transaction" and wanted == "sale":
            return gettext("to let, not for sale")
        return {
            "standard_status": gettext("not on the market"),
            "transaction": gettext("for sale, not to let"),
            "status": gettext("the wishes are paused"),
            "owner": gettext("the person owns this home"),
            "discarded": gettext("the person said no thanks to this home"),
            "agency": gettext("another agency's home"),
        }[name]
