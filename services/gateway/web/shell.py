"""What every page stands in: cookies, templates, who is there, the way around."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface
from jinja2 import FileSystemLoader

from services.gateway.accounts.deps import deps
from services.gateway.accounts.model import Agency
from services.gateway.web import assets, brand, navigation, vocabulary, words
from services.gateway.web.blueprint import csrf, dress, problem_page
from services.gateway.web.feature import Component, Feature
from services.gateway.web.marks import register_marks
from shared.http.problems import problem
from shared.http.web import service_settings
from shared.running.context import new_id
from shared.running.settings import Settings

log = logging.getLogger(__name__)
TEMPLATES = Path(__file__).parent / "templates"


def prepare(app: Flask, settings: Settings, parts: Sequence[Component] = ()) -> None:
    """Set up cookies, templates, assets and navigation of these components and features, and the 404 page."""
    secure = is_secure(settings)
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_NAME="__Host-lintel-form" if secure else "lintel-form",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.session_interface = SecureCookieSessionInterface()
    app.jinja_loader = FileSystemLoader([TEMPLATES, *(part.folder / "templates" for part in parts)])
    csrf.init_app(app)
    words.register(app)
    register_marks(app)
    vocabulary.register(app)
    assets.register(app, parts)
    navigation.register(app, [part for part in parts if isinstance(part, Feature)])
    for part in parts:
        if part.register:
            part.register(app)
        for blueprint in part.blueprints:
            app.register_blueprint(blueprint)
    app.jinja_env.globals.update(asset=assets.address, once=new_id, stream_url=settings.stream_url)
    app.context_processor(_surroundings)
    app.register_error_handler(404, _not_there)
    if not assets.is_built():
        log.error("the front-end packages are not there: pages have no style; `make assets` copies them")


def is_secure(settings: Settings) -> bool:
    """Whether browsers reach us by TLS, so that cookies may insist on it."""
    return settings.public_url.startswith("https://")


def own_agency() -> Agency | None:
    """The agency of whoever is signed in; None for the operator and for nobody."""
    who = g.get("member")
    if who is None or not who.agency_id:
        return None
    if "own_agency" not in g:
        g.own_agency = deps().agencies.of(who.agency_id).get(who.agency_id)
    found: Agency = g.own_agency
    return found


def face_of(agency_id: str) -> dict[str, str]:
    """Name and colour of an agency, for a page that it shows to people who are not signed in."""
    agency = deps().agencies.of(agency_id).face()
    return {"agency_name": agency.name if agency else "", "brand": _brand_of(agency)}


def _brand_of(agency: Agency | None) -> str:
    return f"/brand/{agency.id}-{brand.stamp(agency.colour)}.css" if agency and agency.colour else ""


def zone() -> str:
    """The time zone that the page's clock shows."""
    agency = own_agency()
    return agency.time_zone if agency else "UTC"


def _surroundings() -> dict[str, Any]:
    """What templates know without being told."""
    who = g.get("member")
    agency = own_agency()
    return {
        "member": who,
        "agency": agency,
        "brand": _brand_of(agency),
        "mailbox_here": bool(deps().mailbox or service_settings().mailbox_url),
        "zone": zone(),
        "navigation": navigation.navigation(who.role) if who else (),
        "here": f"{request.full_path.rstrip('?')}",
    }


def _not_there(error: Any) -> Response:
    wanted = request.accept_mimetypes
    if wanted["text/html"] > wanted["application/json"] and not request.path.startswith("/v1/"):
        return dress(problem_page(404, "Not found", words.told(404)))
    return problem(404, "Not Found", error.description)
