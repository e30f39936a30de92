"""What prospects' pages are put together from: their wishes, homes with why, what they said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row, items
from services.gateway.web.deps import deps
from services.gateway.web.sessions import prospect
from services.gateway.web.view import Asking
from services.gateway.web.words import gettext as _
from services.gateway.web.words import money
from shared.errors import NotFound

MOST_WISHES, MOST_HOMES = 20, 100
LISTS = ("new", "all", "almost", "no")
KINDS = ("match", "possible", "near")


def wishes_of(ask: Asking) -> Any:
    """One's own wishes that are in force, newest first; Away when nobody can tell."""
    found = ask.together(wishes=lambda: ask.get("matching", "saved-searches", status="active", limit=MOST_WISHES))
    return found["wishes"] if isinstance(found["wishes"], Away) else items(found["wishes"])


def homes_of(ask: Asking, wish_id: str) -> dict[str, Any]:
    """The homes that meet a wish by list, as cards, and how many there are of each."""
    path = ("saved-searches", wish_id)
    calls = {kind: partial(ask.get, "matching", *path, "matches", kind=kind, limit=MOST_HOMES) for kind in KINDS}
    told = ask.together(counts=lambda: ask.get("matching", *path, "match-counts"), no=partial(refused, ask), **calls)
    cards = {kind: [card(match) for match in items(told[kind])] for kind in KINDS}
    fitting = [*cards["match"], *cards["possible"]]
    homes = {
        "new": [each for each in fitting if each["is_new"]],
        "all": fitting,
        "almost": cards["near"],
        "no": [] if isinstance(told["no"], Away) else told["no"],
    }
    away = next((each for each in told.values() if isinstance(each, Away)), None)
    return {"homes": homes, "counts": _counts(homes, told["counts"]), "away": away}


def card(match: Mapping[str, Any]) -> Row:
    """A home as a card: what it is, up to three reasons, one thing that is lacking or not stated."""
    lacking = [*match.get("misses", ()), *match.get("unknowns", ())]
    preference = match.get("preference")
    seen = preference is not None or bool(match.get("viewed"))
    home = {**match["listing"], "id": match["listing_id"]}
    return {
        "id": match["listing_id"],
        "home": home,
        "reasons": [each["text"] for each in match.get("reasons", ())][:3],
        "lack": lacking[0]["text"] if lacking else "",
        "is_open": not match.get("misses"),
        "preference": preference,
        "is_new": not seen,
        "kind": match.get("kind"),
        "wish_id": match.get("saved_search_id"),
        **price_words(home),
    }


def price_words(home: Mapping[str, Any]) -> Row:
    """The price before and what came off, where it went down."""
    now, before = home.get("list_price"), home.get("previous_list_price")
    if not isinstance(now, (int, float)) or not isinstance(before, (int, float)) or before <= now:
        return {"before": "", "drop": ""}
    off = money(before - now, home.get("currency"))
    return {"before": money(before, home.get("currency")), "drop": _("Price down %(amount)s") % {"amount": off}}


def refused(ask: Asking) -> list[Row]:
    """The homes that one said no to, as cards without reasons."""
    return said_of(ask, "discard")


def said_of(ask: Asking, preference: str) -> list[Row]:
    """The homes that one said this of, as cards; a home that left the market says so."""
    me = prospect()
    said = items(ask.get("matching", "contacts", me.contact_id, "listings", preference=preference, limit=MOST_HOMES))
    known = deps().listings.of(me.agency_id).some([each["listing_id"] for each in said])
    said.sort(key=lambda each: str(each.get("changed_at") or ""), reverse=True)
    return [_judged(known[each["listing_id"]], each) for each in said if each["listing_id"] in known]


def opinion_of(ask: Asking, listing_id: str) -> Row:
    """What one said of a home, nothing where that is nothing; Unavailable when nobody can tell."""
    try:
        found: Row = ask.get("matching", "contacts", prospect().contact_id, "listings", listing_id)
    except NotFound:
        return {"preference": None, "reason": None, "reason_text": None, "viewed": False}
    return found


def say(ask: Asking, listing_id: str, preference: str | None, reason: str | None = None) -> Row:
    """Say what one thinks of a home; None takes it back."""
    body = {"preference": preference, "reason": reason, "viewed": True}
    found: Row = ask.put("matching", "contacts", prospect().contact_id, "listings", listing_id, body=body)
    return found


def _judged(home: Mapping[str, Any], said: Mapping[str, Any]) -> Row:
    shown = {**home, "id": home["_id"]}
    is_gone = home.get("standard_status") != "active"
    about = {"preference": said["preference"], "reason": said.get("reason"), "is_new": False, "is_gone": is_gone}
    return {"id": home["_id"], "home": shown, "reasons": [], "lack": "", **about, **price_words(shown)}


def _counts(homes: Mapping[str, Iterable[Row]], told: Any) -> dict[str, int]:
    counted = {name: len(list(listed)) for name, listed in homes.items()}
    if isinstance(told, Mapping):
        counted |= {"all": told["match"] + told["possible"], "almost": told["near"], "no": told["discarded"]}
    return counted
