"""The page of the homes that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.gateway.components.prospect_homes.cards import HomeCard
from services.gateway.components.prospect_homes.opinions import HomeOpinion
from services.gateway.upstream.http import Unavailable
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import label
from shared.vocabulary.matches import PREFERENCES


@dataclass(frozen=True)
class SavedPage:
    """The homes that the prospect likes and those that they may like; `unavailable` when that is not known."""

    favourites: Sequence[HomeCard] = ()
    maybes: Sequence[HomeCard] = ()
    unavailable: Unavailable | None = None

    @property
    def groups(self) -> list[tuple[str, Sequence[HomeCard]]]:
        """The groups that hold a home, each under its title."""
        groups = ((_("Favourites"), self.favourites), (label(PREFERENCES, "possibility"), self.maybes))
        return [(title, cards) for title, cards in groups if cards]


def saved_page(favourites: list[HomeOpinion] | Unavailable, maybes: list[HomeOpinion] | Unavailable) -> SavedPage:
    """The page of what matching says, and of what we know of those homes."""
    if isinstance(favourites, Unavailable):
        return SavedPage(unavailable=favourites)
    if isinstance(maybes, Unavailable):
        return SavedPage(unavailable=maybes)
    return SavedPage(
        [HomeCard.from_opinion(each) for each in favourites], [HomeCard.from_opinion(each) for each in maybes]
    )
