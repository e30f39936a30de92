"""Makes a Flask application one that shows pages: cookies, templates, assets, navigation, compression."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_compress import Compress
from jinja2 import FileSystemLoader
from werkzeug.exceptions import HTTPException

from services.gateway.upstream.http import Unavailable
from services.gateway.web import formats, language, navigation, sign_in_pages, vocabulary
from services.gateway.web.agency import brand_path, own_agency, zone
from services.gateway.web.assets import faces, files, icons
from services.gateway.web.blueprint import csrf, problem_page, sentence_for, set_headers
from services.gateway.web.deps import deps
from services.gateway.web.feature import Component, Feature
from services.gateway.web.session import is_secure
from shared.http.problems import problem
from shared.http.web import service_settings
from shared.running.context import new_id
from shared.running.settings import Settings

log = logging.getLogger(__name__)
TEMPLATES = Path(__file__).parent / "templates"
COMPRESSION = {
    "COMPRESS_MIMETYPES": ["text/html"],
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 4,
    "COMPRESS_LEVEL": 5,
    "COMPRESS_MIN_SIZE": 1024,
    # what open pages hear must arrive at once
    "COMPRESS_STREAMS": False,
}


def prepare(app: Flask, settings: Settings, parts: Sequence[Component] = ()) -> None:
    """Set up cookies, templates, assets and navigation of these components and features, and the 404 page."""
    _set_cookies(app, settings)
    app.jinja_loader = FileSystemLoader([TEMPLATES, *(part.folder / "templates" for part in parts)])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    csrf.init_app(app)
    app.config.update(COMPRESSION)
    Compress(app)
    for each in (language, formats, icons, faces, vocabulary):
        each.register(app)
    features = [part for part in parts if isinstance(part, Feature)]
    files.register(app, parts)
    navigation.register(app, features)
    sign_in_pages.register(app, [feature.sign_in for feature in features if feature.sign_in])
    for part in parts:
        if part.register:
            part.register(app)
        for blueprint in part.blueprints:
            app.register_blueprint(blueprint)
    app.jinja_env.globals.update(asset=files.address, once=new_id, stream_url=settings.stream_url)
    app.jinja_env.tests.update(unavailable=lambda value: isinstance(value, Unavailable))
    app.context_processor(_page_context)
    app.register_error_handler(404, _not_found)
    if not files.is_built():
        log.error("the front-end packages are not there: pages have no style; `make assets` copies them")


def _set_cookies(app: Flask, settings: Settings) -> None:
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


def _page_context() -> dict[str, object]:
    """What every template knows."""
    who = g.get("member")
    agency = own_agency()
    return {
        "member": who,
        "agency": agency,
        "brand": brand_path(agency),
        "mailbox_here": bool(deps().mailbox or service_settings().mailbox_url),
        "zone": zone(),
        "navigation": navigation.navigation(who.role) if who else (),
        "here": f"{request.full_path.rstrip('?')}",
    }


def _not_found(error: HTTPException) -> Any:  # a page's Response, or the problem of the JSON API
    wanted = request.accept_mimetypes
    if wanted["text/html"] > wanted["application/json"] and not request.path.startswith("/v1/"):
        return set_headers(problem_page(404, "Not found", sentence_for(404)))
    return problem(404, "Not Found", error.description or "")
