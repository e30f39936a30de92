"""Sending by hand: homes to a person or a home to people, one dialog, one mail to each of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, request

from services.gateway.components.people.read import people
from services.gateway.pages.letters import letters
from services.gateway.web.answers import Row
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import session_policy
from services.gateway.web.view import Asking, Faults, asking, dialog, done, form, show, toast
from services.gateway.web.words import gettext as _
from services.gateway.web.words import ngettext
from shared.errors import DomainError, NotFound
from shared.http.claims import STAFF

blp = new_blueprint("sending", guarded=True)


@blp.get("/send")
@session_policy(*STAFF)
def ask_letter() -> Response:
    """Who may be written to and who may not, about what; `contact_id` and `listing_id` as often as needed."""
    return _dialog(asking(), request.args.getlist("contact_id"), request.args.getlist("listing_id"), Faults())


@blp.post("/send")
@session_policy(*STAFF)
def send() -> Any:
    """One mail to each who is ticked; it can be called off for a moment."""
    ask, typed = asking(), form("note", "once", "asked")
    to, about = request.form.getlist("contact_id"), request.form.getlist("listing_id")
    everybody = typed["asked"].split() or to
    if not to or not about:
        return _dialog(ask, everybody, about, Faults({"": _("Tick somebody first.")}), 422)
    homes = letters.homes_of(ask, about[: letters.MOST_HOMES])
    known = people(ask, to[: letters.MOST_PEOPLE])
    told = letters.write_to(ask, known.values(), homes, typed["note"], typed["once"])
    made = [answer["id"] for answer in told.values() if isinstance(answer, dict)]
    refused = {id_: answer for id_, answer in told.items() if not isinstance(answer, dict)}
    if not made:
        return _dialog(ask, everybody, about, _refusals(refused, known), 422)
    undo = f"/send/undo?{urlencode([('id', id_) for id_ in made])}"
    answer = show("empty.html", "_nothing.html")
    return done(_said(len(made), len(refused)), _back(to, about), undo=undo, answer=answer)


@blp.post("/send/undo")
@session_policy(*STAFF)
def undo() -> Any:
    """Call letters off that have not left yet."""
    ask, ids = asking(), request.args.getlist("id")[: letters.MOST_PEOPLE]
    too_late = sum(not _called_off(ask, id_) for id_ in ids)
    text = ngettext("Called off.", "%(n)s mails called off.", len(ids)) % {"n": len(ids)}
    if too_late:
        text = ngettext("One mail had left already.", "%(n)s mails had left already.", too_late) % {"n": too_late}
    nothing = show("empty.html", "_nothing.html")
    return done(text, "/sent", answer=toast(nothing, text))


def _dialog(ask: Asking, contact_ids: list[str], listing_ids: list[str], faults: Faults, status: int = 200) -> Response:
    if not listing_ids:
        raise NotFound(_("Tick a home first."))
    if len(set(contact_ids)) > letters.MOST_PEOPLE or len(set(listing_ids)) > letters.MOST_HOMES:
        faults = faults or Faults({"": _("At most 100 people and 10 homes in one go: the first ones stand here.")})
    homes = letters.homes_of(ask, list(dict.fromkeys(listing_ids))[: letters.MOST_HOMES])
    wanted = list(dict.fromkeys(contact_ids))[: letters.MOST_PEOPLE]
    known = people(ask, wanted)
    if not known:
        raise NotFound(_("Tick somebody first."))
    readers = letters.readers_of(ask, [known[id_] for id_ in wanted if id_ in known], [home["id"] for home in homes])
    readers.sort(key=lambda reader: not reader["writable"])
    ticked = set(request.form.getlist("contact_id")) if request.form else set(wanted)
    told: Row = {"homes": homes, "readers": readers, "ticked": ticked, "note": request.form.get("note", "")}
    return dialog("letters/_dialog.html", status, faults=faults, asked=" ".join(wanted), **told)


def _called_off(ask: Asking, delivery_id: str) -> bool:
    try:
        ask.post("notifications", "deliveries", delivery_id, "cancellation")
    except DomainError as error:
        if error.status != 409:
            raise
        return False
    return True


def _refusals(refused: dict[str, Any], known: dict[str, Row]) -> Faults:
    """Why nobody gets it, by name."""
    faults = Faults()
    for id_, error in refused.items():
        faults[known[id_]["full_name"]] = getattr(error, "detail", getattr(error, "why", ""))
    return faults


def _said(made: int, refused: int) -> str:
    text = ngettext("Goes out to one person.", "Goes out to %(n)s people.", made) % {"n": made}
    if not refused:
        return text
    none = ngettext("One may not be written to.", "%(n)s may not be written to.", refused) % {"n": refused}
    return f"{text} {none}"


def _back(to: list[str], about: list[str]) -> str:
    """Where it was asked for: the home that several hear of, else the person."""
    if len(to) > 1 or len(about) == 1:
        return f"/listings/{quote(about[0], safe='')}"
    return f"/contacts/{quote(to[0], safe='')}"
