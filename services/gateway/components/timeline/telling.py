"""What happened, wishes and consents, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from services.gateway.components.deliveries.present import reason_words
from services.gateway.web.answers import Row
from services.gateway.web.vocabulary import feature_name, home_name, label, options, type_name, word_of
from services.gateway.web.words import area, day, money, ngettext
from services.gateway.web.words import gettext as _
from shared.vocabulary.consents import CHANNELS, CONSENT_PURPOSES
from shared.vocabulary.contacts import CALL_OUTCOMES, CONTACT_STAGES, TIMELINE_KINDS
from shared.vocabulary.criteria import ALERT_FREQUENCIES, SEARCH_STATUSES
from shared.vocabulary.matches import MATCH_KINDS

Told = Mapping[str, Any]


def stage_name(word: str) -> str:
    """How far somebody is."""
    return label(CONTACT_STAGES, word)


def stages() -> list[tuple[str, str]]:
    """The stages that forms offer."""
    return options(CONTACT_STAGES)


def purpose_name(word: str) -> str:
    """What an agreement is for."""
    return label(CONSENT_PURPOSES, word)


def channel_name(word: str) -> str:
    """How somebody is reached."""
    return word_of(CHANNELS, word)


def consent_words(word: Told) -> str:
    """What was said about what, in a few words."""
    return f"{purpose_name(word['purpose'])}, {channel_name(word['channel'])}"


def outcome_name(word: str | None) -> str:
    """How a call ended."""
    return word_of(CALL_OUTCOMES, word)


def outcomes() -> list[tuple[str, str]]:
    """How a call may end, for forms."""
    return options(CALL_OUTCOMES)


def wish_state(wish: Told) -> str:
    """Whether wishes are in force, and how their alerts come."""
    if wish.get("status") != "active":
        return label(SEARCH_STATUSES, "paused")
    return _("Alerts: %(frequency)s") % {"frequency": word_of(ALERT_FREQUENCIES, wish.get("alerts") or "off")}


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
    text, hint, icon, colour = teller(figures) if teller else (label(TIMELINE_KINDS, kind), "", "circle-dot", "")
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
    kind = word_of(MATCH_KINDS, figures.get("kind") or "match")
    texts = {
        "new": _("A new home fits at %(score)s (%(kind)s)"),
        "price": _("At its new price a home fits at %(score)s (%(kind)s)"),
        "criteria": _("With the new wishes a home fits at %(score)s (%(kind)s)"),
        "status": _("Back on the market, a home fits at %(score)s (%(kind)s)"),
    }
    text = texts.get(figures.get("entered_by") or "new", texts["new"])
    return text % {"score": figures.get("score", ""), "kind": kind}, price, "home-plus", "accent"


MAILED = {
    "queued": ("mail-fast", ""),
    "sent": ("mail-check", "pass"),
    "skipped": ("mail-off", ""),
    "failed": ("mail-x", "fail"),
    "unknown": ("help-circle", "open"),
}


def _mailed(state: str) -> Any:
    def tell(figures: Told) -> tuple[str, str, str, str]:
        (icon, colour), text = MAILED[state], label(TIMELINE_KINDS, f"delivery_{state}")
        if figures.get("what") == "letter":
            by_hand = {"sent": (_("Wrote a mail about"), "send", "pass")}
            by_hand |= {"failed": (_("A mail written by hand did not arrive: about"), "mail-x", "fail")}
            text, icon, colour = by_hand.get(state, (text, icon, colour))
        return text, reason_words(figures.get("reason")), icon, colour

    return tell


_TELLERS: dict[str, Any] = {
    "call": _call,
    "note": lambda figures: (figures.get("text", ""), "", "note", ""),
    "contact_created": lambda _f: (label(TIMELINE_KINDS, "contact_created"), "", "user-plus", "accent"),
    "stage_changed": lambda f: (
        _("Stage: %(stage)s") % {"stage": stage_name(str(f.get("new") or f.get("stage") or ""))},
        "",
        "arrow-right",
        "",
    ),
    "agent_changed": lambda _f: (label(TIMELINE_KINDS, "agent_changed"), "", "arrows-exchange", ""),
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
    "search_removed": lambda _f: (label(TIMELINE_KINDS, "search_removed"), "", "trash", ""),
    "match_found": _found,
    "match_lost": lambda f: (label(TIMELINE_KINDS, "match_lost"), "", "circle-minus", ""),
    **{f"delivery_{state}": _mailed(state) for state in ("queued", "sent", "skipped", "failed", "unknown")},
}


def register(app: Flask) -> None:
    """Give the templates these words."""
    names = (stage_name, purpose_name, channel_name, consent_words, wish_state, wish_line, happened, outcome_name)
    app.jinja_env.filters.update({name.__name__: name for name in names})
    app.jinja_env.globals.update(STAGES=stages, OUTCOMES=outcomes)
