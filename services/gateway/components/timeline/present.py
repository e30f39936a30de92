"""The lines of a person's timeline in words, each with an icon and a colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.gateway.components.deliveries.present import reason_words
from services.gateway.components.people.words import consent_words, outcome_name, stage_name
from services.gateway.upstream import leads
from services.gateway.web.formats import day, money
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import home_name, label, word_of
from shared.vocabulary.contacts import TIMELINE_KINDS
from shared.vocabulary.matches import MATCH_KINDS

DELIVERY_MARKS = {
    "queued": ("mail-fast",),
    "sent": ("mail-check", "pass"),
    "skipped": ("mail-off",),
    "failed": ("mail-x", "fail"),
    "unknown": ("help-circle", "open"),
}
# what a line says depends on its kind, and so do the names and types of its figures
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class TimelineRow:
    """One line of a timeline: its sentence, and the home that it is about, where there is one."""

    text: str
    icon: str = "circle-dot"
    colour: str = ""
    hint: str = ""
    at: str = ""
    listing_id: str = ""
    home: str = ""


def timeline_rows(lines: Iterable[leads.TimelineEntry], colleagues: Mapping[str, str]) -> list[TimelineRow]:
    """The lines of a timeline in words, each with the colleague who acted, where one did."""
    return [timeline_row(line, colleagues) for line in lines]


def timeline_row(line: leads.TimelineEntry, colleagues: Mapping[str, str]) -> TimelineRow:
    """A line of a timeline in words; `colleagues` are the names of the agency's members by id."""
    kind, figures, home = line["kind"], line["figures"], line.get("listing")
    writer = _WRITERS.get(kind)
    said = writer(figures) if writer else TimelineRow(label(TIMELINE_KINDS, kind))
    by = colleagues.get((line.get("by") or "").partition(":")[2], "")
    hint = ", ".join(filter(None, (said.hint, by)))
    about = home_name(home) if home else ""
    return replace(said, hint=hint, at=line["at"], listing_id=line.get("listing_id") or "", home=about)


def _call(figures: Figures) -> TimelineRow:
    outcome, said = outcome_name(figures.get("outcome")), figures.get("text") or ""
    next_step = _("next step %(day)s") % {"day": day(figures["next_on"])} if figures.get("next_on") else ""
    text = _("Called: %(outcome)s") % {"outcome": outcome} if outcome else _("Called")
    return TimelineRow(f"{text}. {said}" if said else text, "phone", "pass", next_step)


def _match_found(figures: Figures) -> TimelineRow:
    texts = {
        "new": _("A new home scores %(score)s (%(kind)s)"),
        "price": _("At its new price a home scores %(score)s (%(kind)s)"),
        "criteria": _("With the new wishes a home scores %(score)s (%(kind)s)"),
        "status": _("Back on the market, a home scores %(score)s (%(kind)s)"),
    }
    text = texts.get(figures.get("entered_by") or "new", texts["new"])
    kind = word_of(MATCH_KINDS, figures.get("kind") or "match")
    price = money(figures.get("list_price"), figures.get("currency"))
    return TimelineRow(text % {"score": figures.get("score", ""), "kind": kind}, "home-plus", "accent", price)


def _delivery(state: str) -> Callable[[Figures], TimelineRow]:
    def write(figures: Figures) -> TimelineRow:
        row = TimelineRow(label(TIMELINE_KINDS, f"delivery_{state}"), *DELIVERY_MARKS[state])
        if figures.get("what") == "letter" and state == "sent":
            row = TimelineRow(_("Wrote an e-mail about"), "send", "pass")
        if figures.get("what") == "letter" and state == "failed":
            row = replace(row, text=_("A personal e-mail did not arrive, about"))
        return replace(row, hint=reason_words(figures.get("reason")))

    return write


def _stage(figures: Figures) -> TimelineRow:
    stage = stage_name(str(figures.get("new") or figures.get("stage") or ""))
    return TimelineRow(_("Stage: %(stage)s") % {"stage": stage}, "arrow-right")


def _consent_granted(figures: Figures) -> TimelineRow:
    return _consent(figures, _("Consent given: %(what)s"), "shield-check", "pass")


def _consent_withdrawn(figures: Figures) -> TimelineRow:
    return _consent(figures, _("Consent withdrawn: %(what)s"), "mail-off", "fail")


def _consent(figures: Figures, text: str, icon: str, colour: str) -> TimelineRow:
    what = consent_words(figures) if "purpose" in figures else ""
    return TimelineRow(text % {"what": what}, icon, colour, str(figures.get("source") or ""))


def _wishes_saved(figures: Figures) -> TimelineRow:
    text = _("New wishes: %(name)s") % {"name": figures.get("name") or ""}
    return TimelineRow(text, "adjustments-horizontal", "open")


def _wishes_changed(figures: Figures) -> TimelineRow:
    return TimelineRow(_("Changed wishes: %(name)s") % {"name": figures.get("name") or ""}, "pencil")


def _kind(kind: str, icon: str, colour: str = "") -> Callable[[Figures], TimelineRow]:
    """A kind whose word says everything."""
    return lambda _figures: TimelineRow(label(TIMELINE_KINDS, kind), icon, colour)


_WRITERS: dict[str, Callable[[Figures], TimelineRow]] = {
    "call": _call,
    "note": lambda figures: TimelineRow(figures.get("text", ""), "note"),
    "contact_created": _kind("contact_created", "user-plus", "accent"),
    "stage_changed": _stage,
    "agent_changed": _kind("agent_changed", "arrows-exchange"),
    "consent_granted": _consent_granted,
    "consent_withdrawn": _consent_withdrawn,
    "search_saved": _wishes_saved,
    "search_changed": _wishes_changed,
    "search_removed": _kind("search_removed", "trash"),
    "match_found": _match_found,
    "match_lost": _kind("match_lost", "circle-minus"),
    **{f"delivery_{state}": _delivery(state) for state in DELIVERY_MARKS},
}
