"""The services, kept current; scaling their workers."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.datastructures import MultiDict

from services.gateway.accounts.deps import deps
from services.gateway.accounts.model import Member
from services.gateway.pages.operations.dead_events import routes as dead
from services.gateway.pages.operations.services.standing import Line, lines
from services.gateway.upstream import watching
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.language import gettext as _
from services.gateway.web.language import ngettext
from services.gateway.web.session import member, session_policy
from services.gateway.web.view import done, show
from shared.errors import Invalid
from shared.http import dead_entries
from shared.http.web import service_settings
from shared.running.settings import SERVICES

blp = new_blueprint("services", guarded=True)
CARETAKERS = ("admin", "operator")
SPANS = (15, 360, 1440)


@blp.get("/services")
@session_policy(*CARETAKERS, touch=False)
def show_services() -> Response:
    """How each service is, and what could not be handled."""
    return _page(request.args)


@blp.post("/services/<service>/workers")
@session_policy(*CARETAKERS)
def scale(service: str) -> Any:
    """Keep more or fewer workers of a service, from now on."""
    typed = request.form.get("workers", "")
    if not typed.isascii() or not typed.isdigit():
        raise Invalid(_("Say how many workers: a whole number."), {"workers": [_("This is not a number.")]})
    workers = int(typed[:4])
    watching.scale(deps(), member(), service, workers, _is_local())
    text = ngettext("%(service)s keeps one worker.", "%(service)s keeps %(num)d workers.", workers)
    answer = _page(MultiDict({"open": service}))
    return done(text % {"service": service, "num": workers}, f"/services?open={service}", answer=answer)


def _page(asked: Any) -> Response:
    typed = asked.get("minutes", "")
    minutes = int(typed) if typed.isdigit() and int(typed) in SPANS else SPANS[0]
    who = member()
    sight = watching.look(deps(), who, minutes, dead_entries.status)
    shown = lines(sight)
    return show(
        "operations/services/index.html",
        "operations/services/_services.html",
        lines=shown,
        minutes=minutes,
        spans=SPANS,
        open=asked.get("open") if asked.get("open") in SERVICES else None,
        kept=sight.kept,
        broker=sight.queues is not None,
        may_scale=sight.kept is not None and watching.may_scale(who, _is_local()),
        supervised=deps().supervisor.is_there,
        changes=_changes(who),
        **dead.waiting(_with_dead(shown)),
    )


def _changes(who: Member) -> list[dict[str, Any]]:
    """The last changes with who made them; people of agencies have no names here for the operator."""
    found = deps().changes.of(who.agency_id).latest(everybody=who.role == "operator")
    return [{**row, "by": _by(row, who)} for row in found]


def _by(row: dict[str, Any], who: Member) -> str:
    if row["role"] == "operator":
        return _("the operator")
    named = deps().members.by_id(row["member_id"]) if who.agency_id == row["agency_id"] else None
    return named.display_name if named else _("an admin")


def _with_dead(shown: list[Line]) -> list[str]:
    return [line.name for line in shown if line.dead]


def _is_local() -> bool:
    return service_settings().is_local
