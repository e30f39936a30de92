"""The lists of a prospect's homes as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from services.gateway.components.map.pins import pins
from services.gateway.components.prospect_homes.cards import HomeCard
from services.gateway.pages.portal.homes.read import HomesReply
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.matching import SavedSearch
from services.gateway.web.language import gettext as _
from services.gateway.web.language import ngettext
from services.gateway.web.vocabulary import label
from shared.vocabulary.matches import PREFERENCES

LISTS = ("new", "all", "almost", "no")


@dataclass(frozen=True)
class ListTab:
    """A list of homes to choose: its address, and how many there are."""

    name: str
    text: str
    count: int
    path: str


@dataclass(frozen=True)
class HomesPage:
    """The homes of one of the prospect's wishes, of which one list is open."""

    first_name: str
    wishes: Sequence[SavedSearch]
    wish: SavedSearch | None
    chosen: str
    cards: Sequence[HomeCard]
    counts: Mapping[str, int]
    unavailable: Unavailable | None

    @property
    def heading(self) -> str:
        """How many homes there are for the prospect, by name where it is known."""
        count, name = self.counts.get("all", 0), self.first_name
        if not self.wish:
            return _("Homes for you")
        if not name:
            return ngettext("%(num)d home for you", "%(num)d homes for you", count) % {"num": count}
        sentence = ngettext("%(num)d home for you, %(name)s", "%(num)d homes for you, %(name)s", count)
        return sentence % {"num": count, "name": name}

    @property
    def tabs(self) -> list[ListTab]:
        """The lists to choose from."""
        refused = label(PREFERENCES, "discard")
        texts = {"new": _("New"), "all": _("All"), "almost": _("Almost"), "no": refused}
        wish_id = quote(self.wish["id"], safe="") if self.wish else ""
        return [
            ListTab(name, texts[name], self.counts.get(name, 0), f"/me?wish={wish_id}&list={name}") for name in LISTS
        ]

    @property
    def empty_text(self) -> str:
        """What an empty list says."""
        texts = {
            "new": _("Nothing new since your last visit. We will write to you when a new home fits."),
            "all": _("No home fits all of this yet. Look at those that almost fit, or widen your wishes a little."),
            "almost": _("No homes almost fit."),
            "no": _("You have not said no to any home yet."),
        }
        return texts[self.chosen]

    @cached_property
    def map_data(self) -> Mapping[str, object]:
        """The areas that are drawn, and the homes of the open list whose place is known."""
        areas = [each for each in (self.wish.get("areas", ()) if self.wish else ()) if "place" not in each]
        kind = "near" if self.chosen == "almost" else "fits"
        homes = pins([each.listing for each in self.cards if not each.is_gone], kind, "/me/homes/")
        return {"areas": [{"key": str(at), **area} for at, area in enumerate(areas)], "homes": homes, "isFixed": True}


def homes_page(reply: HomesReply, wanted: str) -> HomesPage:
    """The page with the list that was chosen; by default the new homes where there are any, else all."""
    matches = {kind: [HomeCard.from_match(each) for each in found] for kind, found in reply.matches.items()}
    fitting = [*matches.get("match", ()), *matches.get("possible", ())]
    cards = {
        "new": [each for each in fitting if each.is_new],
        "all": fitting,
        "almost": matches.get("near", []),
        "no": [HomeCard.from_opinion(each) for each in reply.refused],
    }
    counts = {name: len(found) for name, found in cards.items()}
    if reply.counts:
        total = reply.counts["match"] + reply.counts["possible"]
        counts |= {"all": total, "almost": reply.counts["near"], "no": reply.counts["discarded"]}
    chosen = wanted or ("new" if cards["new"] else "all")
    chosen = chosen if chosen in LISTS else "all"
    return HomesPage(_first_name(reply), reply.wishes, reply.wish, chosen, cards[chosen], counts, reply.unavailable)


def _first_name(reply: HomesReply) -> str:
    if not reply.contact:
        return ""
    return reply.contact["first_name"] or reply.contact["full_name"].split(" ")[0]
