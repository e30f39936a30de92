"""What would make a pair a match, in words: a change of the listing or of the wishes, and what else it brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from services.gateway.components.listing.path import listing_path
from services.gateway.components.listing.questions import answer_path, field_of
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.matching import Improvement, Improvements
from services.gateway.web.formats import area, money, number
from services.gateway.web.language import gettext as _
from services.gateway.web.language import ngettext
from services.gateway.web.vocabulary import feature_name, label, question_words
from shared.vocabulary.criteria import CRITERIA

Amount = int | float
UNITS: dict[str, Callable[[Amount], str]] = {"living_area": area, "lot_size_area": area, "year_built": str}


@dataclass(frozen=True)
class Way:
    """One change in words, where it is made, the label of that link, and what the change brings besides."""

    text: str
    path: str
    action: str
    gain: str = ""
    opens_dialog: bool = False


@dataclass(frozen=True)
class Ways:
    """The changes that would make a pair a match; where `together`, one of each criterion is needed at once."""

    items: Sequence[Way] = ()
    together: bool = False


def ways_to_a_match(answer: Improvements | Unavailable) -> Ways:
    """The changes that would make a pair a match; none for a match, and none while matching does not answer."""
    if isinstance(answer, Unavailable):
        return Ways()
    return Ways([_way(each, answer) for each in answer["items"]], answer["together"])


def _way(each: Improvement, answer: Improvements) -> Way:
    text, gain = _text(each), _gain(each)
    if each["side"] == "search":
        return Way(text, f"/wishes/{quote(answer['saved_search_id'], safe='')}", _("Wishes"), gain)
    if each["code"] == "lower_price":
        query = urlencode({"list_price": number(each["price"])})
        path = f"{listing_path(answer['listing_id'])}/price-changes/new?{query}"
        return Way(text, path, _("See"), gain, opens_dialog=True)
    about = each["figures"]["about"]
    path = answer_path(answer["listing_id"], about)
    return Way(text, path, _("Answer"), opens_dialog=field_of(about) == "list_price")


def _text(each: Improvement) -> str:
    figures, thing = each["figures"], label(CRITERIA, each["criterion"])
    show = UNITS.get(each["criterion"], number)
    match each["code"]:
        case "lower_price":
            return _("Price down to %(price)s") % {"price": money(figures["price"], figures["currency"])}
        case "raise_budget":
            return _("Budget up to %(price)s") % {"price": money(figures["amount"], figures["currency"])}
        case "lower_bound":
            shown = {"thing": thing, "low": show(figures["found"]), "wanted": show(figures["wanted"])}
            return _("%(thing)s: from %(low)s instead of %(wanted)s") % shown
        case "raise_bound":
            shown = {"thing": thing, "high": show(figures["found"]), "wanted": show(figures["wanted"])}
            return _("%(thing)s: up to %(high)s instead of %(wanted)s") % shown
        case "drop_must_have":
            return _("Without requiring: %(thing)s") % {"thing": feature_name(figures["feature"])}
        case "accept_feature":
            return _("Accepting %(thing)s") % {"thing": feature_name(figures["feature"])}
        case _:
            return question_words({"about": figures["about"], "field": figures["field"]})


def _gain(each: Improvement) -> str:
    if (people := each["opens_contacts"]) is not None:
        text = ngettext("also fits one other person", "also fits %(n)s other people", people)
        return text % {"n": number(people)}
    if (homes := each["opens_listings"]) is not None:
        return ngettext("adds one more home", "adds %(n)s more homes", homes) % {"n": number(homes)}
    return ""
