"""Rows of pages put together from several services: a match with its person, what may be sent, what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask
from markupsafe import Markup

from services.gateway.upstream.http import Away
from services.gateway.web.words import gettext as _

if TYPE_CHECKING:
    from services.gateway.web.view import Asking

Row = dict[str, Any]
MOST_PEOPLE = 200


def people(ask: Asking, ids: Iterable[str]) -> dict[str, Row]:
    """Contacts by id; those that are not there (any more) are missing."""
    wanted = sorted(set(ids))[:MOST_PEOPLE]
    if not wanted:
        return {}
    found = ask.get("leads", "contacts", id=wanted, limit=MOST_PEOPLE)["items"]
    return {person["id"]: person for person in found}


def with_people(matches: Iterable[Row], known: Mapping[str, Row], so_far: Mapping[str, Row]) -> list[Row]:
    """Matches with their person, whether one may write, and what was sent before; of strangers nothing is shown."""
    return [
        match
        | {"person": known[match["contact_id"]], "may": may_write(known[match["contact_id"]])}
        | {"beam": beam(match), "so_far": so_far.get(match["contact_id"])}
        for match in matches
        if match["contact_id"] in known
    ]


def may_write(person: Mapping[str, Any]) -> Row:
    """How this person may be reached about homes, in words, and why."""
    said = {(word["purpose"], word["channel"]): word["state"] for word in person.get("consents") or ()}
    mail, service = said.get(("alerts", "email")), said.get(("service", "email"))
    phone = bool(person.get("phone")) and said.get(("service", "phone")) != "withdrawn"
    agreed = "granted" in (mail, service)
    if agreed and person.get("email"):
        text = _("Mail and phone") if phone else _("Mail")
        why = _("Agreed to alerts by mail") if mail == "granted" else _("Agreed to mail about what is under way")
        return {"state": "mail", "text": text, "why": why}
    why = _("Took the agreement to alerts back") if mail == "withdrawn" else _("Never asked for alerts by mail")
    if agreed:
        why = _("There is no e-mail address")
    if phone:
        return {"state": "phone", "text": _("Phone only"), "why": why}
    return {"state": "stop", "text": _("Do not contact"), "why": why}


def beam(match: Mapping[str, Any]) -> list[Row]:
    """The segments of a match's beam with their names in the reader's language."""
    names = {
        "price": _("Price"),
        "location": _("Place"),
        "size": _("Size"),
        "features": _("Features"),
        "type": _("Kind"),
    }
    return [
        {
            "name": names[each["name"]],
            "weight": each["weight"],
            "share": (each["points"] or 0) / 1000,
            "known": each["known"] / 1000,
            "state": each["state"],
        }
        for each in match.get("beam") or ()
    ]


def latest_by(rows: Iterable[Row], name: str) -> dict[str, Row]:
    """The first row for each value of a field; rows come newest first."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row[name], row)
    return found


def each_home(deliveries: Iterable[Row]) -> list[Row]:
    """Deliveries with a row for each home that they tell of: a letter may tell of several."""
    return [row | {"listing_id": id_} for row in deliveries for id_ in row.get("listing_ids") or [row["listing_id"]]]


def items(answer: Any) -> list[Row]:
    """The items of a page, none when the service is away."""
    return [] if answer is None or isinstance(answer, Away) else list(answer["items"])


def photo(home: Mapping[str, Any]) -> Row:
    """What stands for a home in lists: its first photograph, else a drawing of its kind."""
    shown = home.get("photo") or next(iter(home.get("photos") or ()), None)
    if shown:
        return {"url": shown["url"], "alt": shown.get("alt") or "", "drawn": False}
    kind, country = home.get("property_sub_type") or "home", home.get("country") or ""
    return {"url": f"/drawings/{kind}-{home.get('id') or home.get('_id')}.svg?c={country}", "alt": "", "drawn": True}


def delivery_words(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """What became of a mail: icon, colour, words."""
    state = row["state"]
    known = {
        "queued": ("mail-fast", "third", _("on its way")),
        "claimed": ("mail-fast", "third", _("on its way")),
        "handing_over": ("mail-fast", "third", _("on its way")),
        "waiting": ("clock", "third", _("waits for the person's data")),
        "held": ("clock", "open", _("kept for the digest")),
        "sent": ("mail-check", "pass", _("sent")),
        "skipped": ("mail-off", "near", _("not sent")),
        "failed": ("mail-x", "fail", _("did not arrive")),
        "unknown": ("help-circle", "open", _("nobody knows whether it arrived")),
        "canceled": ("circle-minus", "third", _("called off")),
    }
    return known.get(state, ("mail", "third", state))


def register(app: Flask) -> None:
    """Give the templates what rows are told with."""
    app.jinja_env.filters.update(photo=photo, delivery_words=delivery_words, reason_words=reason_words)
    app.jinja_env.filters.update(weightiest=weightiest, refusal_name=refusal_name, beam=beam)
    app.jinja_env.filters.update(verdict_tag=verdict_tag)


def weightiest(reasons: Iterable[Row]) -> list[Row]:
    """Reasons in the order in which people weigh them: price, place, what had to be there, sizes, the rest, kind."""
    order = ("price", "location", "feature.must_have", "feature.strong", "living_area", "bedrooms", "feature")

    def rank(reason: Row) -> int:
        code = str(reason["code"])
        if code.startswith("property_sub_type"):
            return len(order) + 1
        return next((at for at, start in enumerate(order) if code.startswith(start)), len(order))

    return sorted(reasons, key=rank)


def verdict_tag(verdict: str, dry_run: bool) -> Markup:
    """What became of an imported row, or would."""
    colours = {"created": "pass", "updated": "accent", "unchanged": "", "refused": "fail"}
    sure = {"created": _("New"), "updated": _("Changed"), "unchanged": _("Unchanged"), "refused": _("Refused")}
    would = sure | {"created": _("Would be new"), "updated": _("Would change")}
    return Markup('<span class="tag {}">{}</span>').format(colours[verdict], (would if dry_run else sure)[verdict])


def refusal_name(reason: str | None) -> str:
    """Why somebody said no to a home."""
    known = {
        "too_expensive": _("too expensive"),
        "too_small": _("too small"),
        "too_large": _("too large"),
        "location": _("the place"),
        "noise": _("too noisy"),
        "floor": _("the floor it is on"),
        "layout": _("how the rooms lie"),
        "condition": _("the state it is in"),
        "too_dark": _("too dark"),
        "missing_feature": _("something is missing"),
        "unwanted_feature": _("it has something unwanted"),
        "fees": _("the running costs"),
        "already_seen": _("seen before"),
        "found_elsewhere": _("found another home"),
        "other": _("another reason"),
    }
    return known.get(reason or "", _("no reason given"))


def reason_words(reason: str | None) -> str:
    """Why a mail did not go out or arrive."""
    known = {
        "no_consent": _("no agreement to alerts by mail"),
        "no_address": _("no e-mail address"),
        "suppressed": _("the address bounced before"),
        "erased": _("the person was forgotten"),
        "contact_unknown": _("the person is not known yet"),
        "match_lost": _("it no longer fits"),
        "daily": _("for the daily mail"),
        "weekly": _("for the weekly mail"),
        "outdated": _("the price changed"),
    }
    return known.get(reason or "", (reason or "").replace("_", " "))
