"""What happened, wishes and consents, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from services.gateway.components.deliveries.present import reason_words
from services.gateway.web.answers import Row
from services.gateway.web.vocabulary import feature_name, home_name, kind_name, type_name
from services.gateway.web.words import area, day, money, ngettext
from services.gateway.web.words import gettext as _

Told = Mapping[str, Any]


def stage_name(word: str) -> str:
    """How far somebody is."""
    known = {
        "new": _("New"),
        "prospect": _("Looking around"),
        "active": _("Looking actively"),
        "client": _("Client"),
        "past_client": _("Past client"),
        "archived": _("Archived"),
    }
    return known.get(word, word)


def stages() -> list[tuple[str, str]]:
    """The stages that forms offer."""
    return [(word, stage_name(word)) for word in ("new", "prospect", "active", "client", "past_client", "archived")]


def purpose_name(word: str) -> str:
    """What an agreement is for."""
    known = {
        "service": _("Service"),
        "alerts": _("New homes"),
        "marketing": _("News and offers"),
        "sharing": _("Passing on to partners"),
    }
    return known.get(word, word)


def channel_name(word: str) -> str:
    """How somebody is reached."""
    known = {
        "email": _("by mail"),
        "phone": _("by phone"),
        "sms": _("by SMS"),
        "push": _("on the telephone's screen"),
        "post": _("by post"),
    }
    return known.get(word, word)


def consent_words(word: Told) -> str:
    """What was said about what, in a few words."""
    return f"{purpose_name(word['purpose'])}, {channel_name(word['channel'])}"


def outcome_name(word: str | None) -> str:
    """How a call ended."""
    known = {
        "reached": _("reached"),
        "not_reached": _("not reached"),
        "call_back": _("call again"),
        "viewing": _("wants to see it"),
        "not_interested": _("not interested"),
    }
    return known.get(word or "", "")


def outcomes() -> list[tuple[str, str]]:
    """How a call may end, for forms."""
    words = ("reached", "not_reached", "call_back", "viewing", "not_interested")
    return [(word, outcome_name(word)) for word in words]


def wish_state(wish: Told) -> str:
    """Whether wishes are in force, and how their alerts come."""
    if wish.get("status") != "active":
        return _("Paused")
    known = {
        "instant": _("Alerts at once"),
        "daily": _("Alerts daily"),
        "weekly": _("Alerts weekly"),
        "off": _("No alerts"),
    }
    return known.get(wish.get("alerts") or "off", "")


def wish_line(wish: Told) -> str:
    """Wishes in one line."""
    parts = [", ".join(type_name(word) for word in (wish.get("property_sub_types") or ())[:2])]
    places = [_place(each) for each in wish.get("areas") or ()]
    if len(places) > 1:
        places = [ngettext("one area", "%(n)s areas", len(places)) % {"n": len(places)}]
    parts += places
    if wish.get("list_price_max") is not None:
        parts.append(_("up to %(high)s") % {"high": money(wish["list_price_max"], wish.get("currency"))})
    if wish.get("bedrooms_min"):
        rooms = int(wish["bedrooms_min"])
        parts.append(ngettext("one bedroom", "%(n)s bedrooms", rooms) % {"n": rooms})
    if wish.get("living_area_min"):
        parts.append(_("from %(low)s") % {"low": area(wish["living_area_min"])})
    parts += [feature_name(word) for word in (wish.get("must_have") or ())[:3]]
    return "\u00a0· ".join(filter(None, parts))


def _place(each: Told) -> str:
    if each.get("place"):
        return str(next(iter(each["place"].values()), ""))
    if each.get("circle"):
        return _("within %(km)s km") % {"km": round(each["circle"]["radius_km"], 1)}
    return _("a drawn area")


def happened(line: Told, members: Mapping[str, str]) -> Row:
    """A line of a timeline: its sentence, a hint, an icon and a colour; the home's name where it has one."""
    kind, figures = line["kind"], line.get("figures") or {}
    teller = _TELLERS.get(kind)
    text, hint, icon, colour = teller(figures) if teller else (kind.replace("_", " "), "", "circle-dot", "")
    home = home_name(line["listing"]) if line.get("listing") else ""
    by = members.get(str(line.get("by") or "").partition(":")[2], "")
    return {"text": text, "hint": ", ".join(filter(None, (hint, by))), "icon": icon, "colour": colour, "home": home}


def _call(figures: Told) -> tuple[str, str, str, str]:
    ended = outcome_name(figures.get("outcome"))
    then = _("next step %(day)s") % {"day": day(figures["next_on"])} if figures.get("next_on") else ""
    said = figures.get("text") or ""
    text = _("Called: %(outcome)s") % {"outcome": ended} if ended else _("Called")
    return f"{text}. {said}" if said else text, then, "phone", "pass"


def _found(figures: Told) -> tuple[str, str, str, str]:
    price = money(figures.get("list_price"), figures.get("currency"))
    kind = kind_name(figures.get("kind") or "match").lower()
    texts = {
        "new": _("A new home fits at %(score)s (%(kind)s)"),
        "price": _("At its new price a home fits at %(score)s (%(kind)s)"),
        "criteria": _("With the new wishes a home fits at %(score)s (%(kind)s)"),
        "status": _("Back on the market, a home fits at %(score)s (%(kind)s)"),
    }
    text = texts.get(figures.get("entered_by") or "new", texts["new"])
    return text % {"score": figures.get("score", ""), "kind": kind}, price, "home-plus", "accent"


def _mailed(state: str) -> Any:
    def tell(figures: Told) -> tuple[str, str, str, str]:
        texts = {
            "queued": (_("A mail is on its way"), "mail-fast", ""),
            "sent": (_("A mail was sent"), "mail-check", "pass"),
            "skipped": (_("No mail was sent"), "mail-off", ""),
            "failed": (_("A mail did not arrive"), "mail-x", "fail"),
            "unknown": (_("Nobody knows whether a mail arrived"), "help-circle", "open"),
        }
        if figures.get("what") == "letter":
            texts |= {"sent": (_("Wrote a mail about"), "send", "pass")}
            texts |= {"failed": (_("A mail written by hand did not arrive: about"), "mail-x", "fail")}
        text, icon, colour = texts[state]
        return text, reason_words(figures.get("reason")), icon, colour

    return tell


_TELLERS: dict[str, Any] = {
    "call": _call,
    "note": lambda figures: (figures.get("text", ""), "", "note", ""),
    "contact_created": lambda _f: (_("Taken in"), "", "user-plus", "accent"),
    "stage_changed": lambda f: (
        _("Stage: %(stage)s") % {"stage": stage_name(str(f.get("new") or f.get("stage") or ""))},
        "",
        "arrow-right",
        "",
    ),
    "agent_changed": lambda _f: (_("Handed over to a colleague"), "", "arrows-exchange", ""),
    "consent_granted": lambda f: (
        _("Agreed: %(what)s") % {"what": consent_words(f) if "purpose" in f else ""},
        str(f.get("source") or ""),
        "shield-check",
        "pass",
    ),
    "consent_withdrawn": lambda f: (
        _("Took back: %(what)s") % {"what": consent_words(f) if "purpose" in f else ""},
        str(f.get("source") or ""),
        "mail-off",
        "fail",
    ),
    "search_saved": lambda f: (
        _("New wishes: %(name)s") % {"name": f.get("name") or ""},
        "",
        "adjustments-horizontal",
        "open",
    ),
    "search_changed": lambda f: (_("Changed wishes: %(name)s") % {"name": f.get("name") or ""}, "", "pencil", ""),
    "search_removed": lambda _f: (_("Wishes were removed"), "", "trash", ""),
    "match_found": _found,
    "match_lost": lambda f: (_("No longer fits"), "", "circle-minus", ""),
    **{f"delivery_{state}": _mailed(state) for state in ("queued", "sent", "skipped", "failed", "unknown")},
}


def register(app: Flask) -> None:
    """Give the templates these words."""
    names = (stage_name, purpose_name, channel_name, consent_words, wish_state, wish_line, happened, outcome_name)
    app.jinja_env.filters.update({name.__name__: name for name in names})
    app.jinja_env.globals.update(STAGES=stages, OUTCOMES=outcomes)
