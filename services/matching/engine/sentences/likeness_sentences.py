"""The sentences about what two homes have in common; English is their source."""

from __future__ import annotations

from gettext import NullTranslations

from services.matching.engine.advice.likeness import Trait
from services.matching.engine.dictionary.words import label
from services.matching.engine.sentences.figures import Figures, plural_number
from services.matching.engine.sentences.reasons import ReasonReply


class LikenessSentences:
    """The traits of a similar home beside the first one, in one language."""

    def __init__(self, catalog: NullTranslations, language: str) -> None:
        self.catalog, self.language = catalog, language
        self.figures = Figures(language)

    def reasons(self, trait: Trait) -> list[ReasonReply]:
        """The reasons of one trait as they go on the wire; none where there is nothing to say."""
        if trait.name == "features":
            texts = [self._feature(word) for word in trait.figures["features"]]
        else:
            texts = [getattr(self, f"_{trait.name}")(trait)]
        return [{"code": f"similar.{trait.name}", "figures": trait.figures, "text": text} for text in texts]

    def _location(self, trait: Trait) -> str:
        if "city" in trait.figures:
            return self.catalog.gettext("in %(place)s") % {"place": trait.figures["city"]}
        distance = self.figures.distance(trait.figures["distance_km"])
        return self.catalog.gettext("%(distance)s away") % {"distance": distance}

    def _price(self, trait: Trait) -> str:
        more = trait.figures["more"]
        amount = {"amount": self.figures.money(abs(more), trait.figures["currency"] or "")}
        if not more:
            return self.catalog.gettext("at the same price")
        return (
            self.catalog.gettext("%(amount)s more expensive")
            if more > 0
            else self.catalog.gettext("%(amount)s cheaper")
        ) % (amount)

    def _living_area(self, trait: Trait) -> str:
        more = trait.figures["more"]
        if not more:
            return self.catalog.gettext("the same size")
        area = {"area": self.figures.area(abs(more))}
        return (
            self.catalog.gettext("%(area)s larger") if more > 0 else self.catalog.gettext("%(area)s smaller")
        ) % area

    def _bedrooms(self, trait: Trait) -> str:
        found, same = trait.figures["found"], trait.figures["more"] == 0
        ngettext, count = self.catalog.ngettext, plural_number(found)
        if same:
            text = ngettext("%(found)s bedroom too", "%(found)s bedrooms too", count)
        else:
            text = ngettext("%(found)s bedroom", "%(found)s bedrooms", count)
        return text % {"found": self.figures.number(found)}

    def _property_sub_type(self, trait: Trait) -> str:
        kind = {"type": label("property_sub_types", trait.figures["type"], self.language)}
        if trait.alike:
            return self.catalog.gettext("%(type)s too") % kind
        return self.catalog.gettext("%(type)s instead") % kind

    def _feature(self, word: str) -> str:
        return self.catalog.gettext("%(feature)s too") % {"feature": label("features", word, self.language)}
