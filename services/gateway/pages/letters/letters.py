"""Putting letters together: to whom, about which homes, why each fits; in the language of who reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from services.gateway.components.deliveries.present import reason_words
from services.gateway.components.reachability.present import may_write
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row, items
from services.gateway.web.view import Asking
from services.gateway.web.words import gettext as _
from shared.errors import DomainError, NotFound

MOST_PEOPLE, MOST_HOMES = 100, 10
TOLD = (
    *("id", "listing_id", "transaction", "property_sub_type", "list_price", "currency", "bedrooms_total"),
    *("bathrooms_total", "living_area", "street_name", "city", "public_remarks"),
)
BEST_FIRST = {"match": 0, "possible": 1, "near": 2, "none": 3}


def homes_of(ask: Asking, ids: Iterable[str]) -> list[Row]:
    """These homes in this order; one that is not there ends it all."""
    wanted = list(ids)
    found = ask.together(**{id_: partial(ask.get, "properties", "listings", id_) for id_ in wanted})
    if any(isinstance(home, Away) for home in found.values()):
        raise NotFound(_("One of these homes is not there, or cannot be asked for now."))
    return [found[id_] for id_ in wanted]


def readers_of(ask: Asking, people: Sequence[Row], listing_ids: Sequence[str]) -> list[Row]:
    """Who may be written to and who may not and why; and when they were last told of one of these homes."""
    ids = [person["id"] for person in people]
    calls = {f"sent {id_}": partial(_sent, ask, id_) for id_ in listing_ids}
    found = ask.together(reach=lambda: ask.post("notifications", "reachability", body={"contact_ids": ids}), **calls)
    reach = {row["contact_id"]: row for row in items(found.pop("reach"))}
    told: dict[str, Row] = {}
    for answer in found.values():
        for row in items(answer):
            told.setdefault(row["contact_id"], row)
    return [_reader(person, reach.get(person["id"]), told.get(person["id"])) for person in people]


def write_to(ask: Asking, people: Iterable[Row], homes: Sequence[Row], note: str, once: str) -> dict[str, Any]:
    """Write to each of these people; in the place of a letter that was refused stands the refusal."""

    def write(person: Row) -> Row | DomainError:
        body = _letter(ask, person, homes, note)
        try:
            made: Row = ask.post("notifications", "deliveries", body=body, once=f"{once}-{person['id']}")
        except DomainError as error:
            return error
        return made

    return ask.together(**{person["id"]: partial(write, person) for person in people})


def _letter(ask: Asking, person: Row, homes: Sequence[Row], note: str) -> Row:
    reasons = _reasons(ask.in_language(person["language"]), person["id"], [home["id"] for home in homes])
    return {"contact_id": person["id"], "note": note, "cards": [_card(home, reasons.get(home["id"])) for home in homes]}


def _sent(ask: Asking, listing_id: str) -> Any:
    return ask.get("notifications", "deliveries", listing_id=listing_id, state="sent", limit=200)


def _reader(person: Row, reach: Row | None, told: Row | None) -> Row:
    may = may_write(person)
    if reach is None:
        writable, why = may["state"] == "mail", may["why"]
    else:
        writable, why = reach["letters"]["state"] == "mail", reason_words(reach["letters"]["reason"])
    return {"person": person, "may": may, "writable": writable, "why": "" if writable else why, "told": told}


def _reasons(ask: Asking, contact_id: str, listing_ids: Iterable[str]) -> dict[str, Row]:
    """The best explanation of each home by one of the person's wishes; nothing where none meets."""
    searches = ask.together(
        found=lambda: ask.get("matching", "saved-searches", contact_id=contact_id, status="active", limit=10)
    )
    pairs = [(id_, search["id"]) for id_ in listing_ids for search in items(searches["found"])]
    explained = ask.together(
        **{
            f"{id_} {search}": partial(ask.get, "matching", "explain", saved_search_id=search, listing_id=id_)
            for id_, search in pairs
        }
    )
    told = [pair for pair in explained.values() if not isinstance(pair, Away) and pair["kind"] != "none"]
    best: dict[str, Row] = {}
    for pair in sorted(told, key=lambda pair: (BEST_FIRST[pair["kind"]], -pair["score"])):
        best.setdefault(pair["listing_id"], pair)
    return best


def _card(home: Row, pair: Row | None) -> Row:
    listing = {name: home.get(name) for name in TOLD} | {"public_remarks": home.get("public_remarks") or {}}
    if shown := next(iter(home.get("photos") or ()), None):
        listing["photo"] = {"url": shown["url"], "alt": shown.get("alt")}
    card: Row = {"listing": listing}
    if pair is not None:
        card["saved_search_id"] = pair["saved_search_id"]
        card |= {name: [each["text"][:300] for each in pair[name]][:6] for name in ("reasons", "misses", "unknowns")}
    return card
