"""The stream for open pages: changes, and a heartbeat."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator

from flask import Response, current_app, request

from services.gateway.accounts.handlers import sign_ins
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.live.hub import Hub, Listener
from services.gateway.web.session import cookie_name, member, session_policy
from shared.http.claims import STAFF
from shared.http.web import service_settings

blp = new_blueprint("stream", guarded=False)
BEAT_SECONDS = 4.0
BEATS_A_CHECK = 4


@blp.get("/stream")
@session_policy(*STAFF, "operator", touch=False)
def listen() -> Response:
    """Keep the connection open and send changes; it ends with the session."""
    parts, secret = deps(), request.cookies.get(cookie_name(), "")
    hub: Hub = current_app.extensions["lintel"]["hub"]
    agency_id = member().agency_id
    answer = Response(
        _lines(hub, agency_id, lambda: sign_ins.signed_in(parts, secret, touch=False) is not None),
        mimetype="text/event-stream",
    )
    answer.headers["X-Accel-Buffering"] = "no"
    return _for_our_pages(answer)


def _lines(hub: Hub, agency_id: str, may_listen: Callable[[], bool]) -> Iterator[str]:
    with hub.listening(agency_id) as listener:
        yield "retry: 3000\nevent: beat\ndata: {}\n\n"
        beats = 0
        while beats % BEATS_A_CHECK or beats == 0 or may_listen():
            told = _next(listener)
            beats += told is None
            yield "event: beat\ndata: {}\n\n" if told is None else f"event: changed\ndata: {told}\n\n"


def _next(listener: Listener) -> str | None:
    try:
        return listener.lines.get(timeout=BEAT_SECONDS)
    except queue.Empty:
        return None


def _for_our_pages(answer: Response) -> Response:
    """Pages come from another port or host than this process: only they may read it."""
    settings = service_settings()
    answer.headers["Access-Control-Allow-Origin"] = settings.public_url
    answer.headers["Access-Control-Allow-Credentials"] = "true"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-site"
    answer.headers.add("Vary", "Origin")
    return answer
