"""What advice says: whole sentences with figures, through the catalogs; English is their source."""

from __future__ import annotations

from gettext import NullTranslations
from typing import Any

from services.matching.engine.dictionary.words import label
from services.matching.engine.sentences.figures import Figures
from shared.vocabulary.criteria import CRITERIA
from shared.vocabulary.wording import word

Figure = dict[str, Any]


class AdviceSentences:
    """Changes of wishes, demand for a home, and the names of criteria, in one language."""

    def __init__(self, catalog: NullTranslations, language: str) -> None:
        self.catalog, self.language = catalog, language
        self.figures = Figures(language)

    def criterion(self, name: str) -> str:
        """A criterion as the head of a line."""
        part, _, feature = name.partition(".")
        if part == "must_have":
            return label("features", feature, self.language)
        if part == "wont_accept":
            return self.catalog.gettext("no %(feature)s") % {"feature": label("features", feature, self.language)}
        return word(CRITERIA, name, self.language)

    def change(self, code: str, found: Figure, homes: int) -> str:
        """A change of the wishes and how many more homes it brings."""
        told = {"homes": self.figures.number(homes), **self._told(found)}
        for sentences in (self._of_price, self._of_size, self._of_rest):
            text = sentences(code, homes)
            if text is not None:
                return text % told
        raise KeyError(code)

    def _told(self, found: Figure) -> dict[str, str]:
        """The figures of a change as people read them."""
        told = {}
        if "percent" in found:
            told["percent"] = self.figures.percent(found["percent"] / 100)
        if "amount" in found:
            told["amount"] = self.figures.money(found["amount"], found["currency"])
        if "kilometres" in found:
            told["distance"] = self.figures.distance(found["kilometres"])
        if "feature" in found:
            told["feature"] = label("features", found["feature"], self.language)
        if "least" in found:
            told |= {"area": self.figures.area(found["least"]), "year": str(found["least"])}
        return told

    def _of_price(self, code: str, homes: int) -> str | None:
        ngettext = self.catalog.ngettext
        return {
            "price.raise": ngettext(
                "with %(percent)s more budget, up to %(amount)s: %(homes)s more home",
                "with %(percent)s more budget, up to %(amount)s: %(homes)s more homes",
                homes,
            ),
            "price.no_minimum": ngettext(
                "without a lowest price: %(homes)s more home", "without a lowest price: %(homes)s more homes", homes
            ),
        }.get(code)

    def _of_size(self, code: str, homes: int) -> str | None:
        ngettext = self.catalog.ngettext
        return {
            "bedrooms.fewer": ngettext(
                "with one bedroom fewer: %(homes)s more home", "with one bedroom fewer: %(homes)s more homes", homes
            ),
            "bedrooms.more": ngettext(
                "with one bedroom more: %(homes)s more home", "with one bedroom more: %(homes)s more homes", homes
            ),
            "bathrooms.fewer": ngettext(
                "with one bathroom fewer: %(homes)s more home", "with one bathroom fewer: %(homes)s more homes", homes
            ),
            "living_area.smaller": ngettext(
                "with a living area from %(area)s: %(homes)s more home",
                "with a living area from %(area)s: %(homes)s more homes",
                homes,
            ),
            "living_area.no_maximum": ngettext(
                "with a larger living area: %(homes)s more home",
                "with a larger living area: %(homes)s more homes",
                homes,
            ),
            "lot_size_area.smaller": ngettext(
                "with a plot from %(area)s: %(homes)s more home",
                "with a plot from %(area)s: %(homes)s more homes",
                homes,
            ),
            "year_built.older": ngettext(
                "built in or after %(year)s: %(homes)s more home",
                "built in or after %(year)s: %(homes)s more homes",
                homes,
            ),
        }.get(code)

    def _of_rest(self, code: str, homes: int) -> str | None:
        ngettext = self.catalog.ngettext
        return {
            "location.wider": ngettext(
                "with a radius %(distance)s larger: %(homes)s more home",
                "with a radius %(distance)s larger: %(homes)s more homes",
                homes,
            ),
            "location.anywhere": ngettext("anywhere: %(homes)s more home", "anywhere: %(homes)s more homes", homes),
            "must_have.without": ngettext(
                "without %(feature)s: %(homes)s more home", "without %(feature)s: %(homes)s more homes", homes
            ),
            "wont_accept.without": ngettext(
                "accepting %(feature)s: %(homes)s more home", "accepting %(feature)s: %(homes)s more homes", homes
            ),
            "property_sub_type.any": ngettext(
                "of any type: %(homes)s more home", "of any type: %(homes)s more homes", homes
            ),
        }.get(code)

    def demand(self, transaction: str, people: int, price: float, currency: str) -> str:
        """How many people a home would suit at a price."""
        told = {"people": self.figures.number(people), "price": self.figures.money(price, currency)}
        if transaction == "lease":
            text = self.catalog.ngettext("%(people)s tenant at %(price)s", "%(people)s tenants at %(price)s", people)
        else:
            text = self.catalog.ngettext("%(people)s buyer at %(price)s", "%(people)s buyers at %(price)s", people)
        return text % told
