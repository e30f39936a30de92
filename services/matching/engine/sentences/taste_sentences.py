"""The sentences about taste: why a home moved on a page, and suggestions; English is their source."""

from __future__ import annotations

from gettext import NullTranslations

from services.matching.engine.dictionary.words import label
from services.matching.engine.sentences.figures import Figures


class TasteSentences:
    """The sentences about a person's taste, in one language."""

    def __init__(self, catalog: NullTranslations, language: str) -> None:
        self.catalog, self.language = catalog, language
        self.figures = Figures(language)

    def word(self, up: bool, has: bool, liked: bool, word: str) -> str:
        """A home moved for a feature that it has or lacks, because such homes were liked or refused."""
        gettext = self.catalog.gettext
        table = {
            (True, True, True): gettext("moved up: you liked homes with %(feature)s"),
            (True, True, False): gettext("moved up: you said no to homes without %(feature)s"),
            (True, False, True): gettext("moved up: you liked homes without %(feature)s"),
            (True, False, False): gettext("moved up: you said no to homes with %(feature)s"),
            (False, True, True): gettext("moved down: you liked homes without %(feature)s"),
            (False, True, False): gettext("moved down: you said no to homes with %(feature)s"),
            (False, False, True): gettext("moved down: you liked homes with %(feature)s"),
            (False, False, False): gettext("moved down: you said no to homes without %(feature)s"),
        }
        return table[up, has, liked] % {"feature": label("features", word, self.language)}

    def kind(self, up: bool, word: str) -> str:
        """A home moved for its type."""
        text = (
            self.catalog.gettext("moved up: you liked homes of this type (%(type)s)")
            if up
            else self.catalog.gettext("moved down: you said no to homes of this type (%(type)s)")
        )
        return text % {"type": label("property_sub_types", word, self.language)}

    def number(self, up: bool, name: str) -> str:
        """A home moved for a figure."""
        gettext = self.catalog.gettext
        return {
            (True, "price"): gettext("moved up: its price is like those of the homes that you liked"),
            (True, "distance"): gettext("moved up: it is in an area where you liked homes"),
            (True, "living_area"): gettext("moved up: its size is like those of the homes that you liked"),
            (True, "bedrooms"): gettext("moved up: it has as many bedrooms as the homes that you liked"),
            (True, "year_built"): gettext("moved up: it is about as old as the homes that you liked"),
            (False, "price"): gettext("moved down: its price is like those of the homes that you refused"),
            (False, "distance"): gettext("moved down: it is in an area where you refused homes"),
            (False, "living_area"): gettext("moved down: its size is like those of the homes that you refused"),
            (False, "bedrooms"): gettext("moved down: it has as many bedrooms as the homes that you refused"),
            (False, "year_built"): gettext("moved down: it is about as old as the homes that you refused"),
        }[up, name]

    def without(self, count: int, word: str) -> str:
        """A feature that refused homes share."""
        text = self.catalog.ngettext(
            "you said no to %(count)s home with %(feature)s: leave such homes out?",
            "you said no to %(count)s homes with %(feature)s: leave such homes out?",
            count,
        )
        return text % {"count": self.figures.number(count), "feature": label("features", word, self.language)}

    def must(self, count: int, word: str) -> str:
        """A feature that refused homes lack."""
        text = self.catalog.ngettext(
            "you said no to %(count)s home without %(feature)s: ask for it?",
            "you said no to %(count)s homes without %(feature)s: ask for it?",
            count,
        )
        return text % {"count": self.figures.number(count), "feature": label("features", word, self.language)}

    def cheaper(self, count: int, amount: float, currency: str) -> str:
        """Homes refused as too expensive."""
        text = self.catalog.ngettext(
            "%(count)s home was too expensive for you: look up to %(amount)s?",
            "%(count)s homes were too expensive for you: look up to %(amount)s?",
            count,
        )
        return text % {"count": self.figures.number(count), "amount": self.figures.money(amount, currency)}

    def larger(self, count: int, area: float) -> str:
        """Homes refused as too small."""
        text = self.catalog.ngettext(
            "%(count)s home was too small for you: look from %(area)s?",
            "%(count)s homes were too small for you: look from %(area)s?",
            count,
        )
        return text % {"count": self.figures.number(count), "area": self.figures.area(area)}

    def effect(self, stay: int, of: int) -> str:
        """How many matches remain with a suggestion."""
        text = self.catalog.ngettext(
            "%(stay)s of %(of)s home would remain", "%(stay)s of %(of)s homes would remain", of
        )
        return text % {"stay": self.figures.number(stay), "of": self.figures.number(of)}
