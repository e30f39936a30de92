"""The services, kept current; scaling their workers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import Response, request

from services.gateway.components.dead_entries.read import waiting_entries
from services.gateway.pages.operations.services import read
from services.gateway.pages.operations.services.present import service_rows
from services.gateway.upstream.service_status import ServiceStatus
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from services.gateway.web.language import ngettext
from services.gateway.web.session import member, session_policy
from shared.errors import Invalid
from shared.http import dead_entries
from shared.http.web import service_settings
from shared.running.services import SERVICES

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
def scale(service: str) -> Response:
    """Keep more or fewer workers of a service, from now on."""
    typed = request.form.get("workers", "")
    if not typed.isascii() or not typed.isdigit():
        raise Invalid(_("Enter the number of workers as a whole number."), {"workers": [_("This is not a number.")]})
    workers = int(typed[:4])
    read.scale(member(), service, workers, service_settings().is_local)
    text = ngettext("%(service)s will run one worker.", "%(service)s will run %(num)d workers.", workers)
    answer = _page({"open": service})
    return respond.saved(text % {"service": service, "num": workers}, f"/services?open={service}", answer=answer)


def _page(args: Mapping[str, str]) -> Response:
    typed = args.get("minutes", "")
    minutes = int(typed) if typed.isdigit() and int(typed) in SPANS else SPANS[0]
    overview = read.overview(cast(ServiceStatus, dead_entries.status(minutes)), minutes)
    rows = service_rows(overview)
    return respond.page(
        "operations/services/index.html",
        "services",
        rows=rows,
        minutes=minutes,
        spans=SPANS,
        open=args.get("open") if args.get("open") in SERVICES else None,
        kept=overview.kept,
        broker=overview.queues is not None,
        may_scale=overview.kept is not None and read.may_scale(member(), service_settings().is_local),
        supervised=deps().supervisor.is_there,
        changes=read.worker_changes(member()),
        listed=waiting_entries([row.name for row in rows if row.dead]),
    )
