"""Pages that need no sign-in: a home, the way out of the alerts."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template, request

from services.gateway import exits
from services.gateway.api.pages import words
from services.gateway.api.pages.blueprint import allow, new_blueprint
from shared.auth import public
from shared.errors import NotFound
from shared.web import deps

blp = new_blueprint("open", guarded=False)


@blp.get("/u/<token>")
@public
def show_exit(token: str) -> str:
    """Ask before anything happens: mail scanners open links, people press buttons."""
    words.read_in(exits.leaver(deps(), token).language)
    return render_template("exit.html", done=False)


@blp.post("/u/<token>")
@public
def leave(token: str) -> str:
    """Stop the alerts at once (RFC 8058: no cookie, no redirect, any body)."""
    reader = exits.leaver(deps(), token)
    words.read_in(reader.language)
    exits.stop_alerts(deps(), reader)
    return render_template("exit.html", done=True)


@blp.get("/homes/<listing_id>")
@public
def show_home(listing_id: str) -> Response:
    """Show a home to whoever has its address."""
    home, reader = exits.home_page(deps(), listing_id, request.args.get("t", ""))
    words.read_in(reader.language if reader else None)
    remarks = home.get("public_remarks") or {}
    text = remarks.get(words.language()) or remarks.get("en") or next(iter(remarks.values()), "")
    agency = deps().agencies.of(home["agency_id"]).name()
    page = render_template("home.html", home=home, text=text, agency_name=agency)
    return allow(make_response(page), images="'self' *")


@blp.errorhandler(NotFound)
def _not_here(error: NotFound) -> Any:
    return render_template("problem.html", status=404, title="Not found", sentence=words.told(404)), 404
