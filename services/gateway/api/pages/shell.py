"""What all pages share: their headers, protection against forged posts, and pages for what goes wrong."""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import HTTPException

from services.gateway.api.pages import words
from shared.errors import DomainError, Forbidden
from shared.mongo import is_away
from shared.problems import problem
from shared.settings import Settings

log = logging.getLogger(__name__)
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-src {frames}; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP.format(images="'self' data:", frames="'none'"),
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
YEAR_OF_TLS = "max-age=31536000; includeSubDomains"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_csrf = CSRFProtect()


def new_blueprint(name: str, *, guarded: bool) -> Blueprint:
    """A blueprint of pages; `guarded` ones refuse a post that no page of ours made."""
    blueprint = Blueprint(name, __name__)
    if guarded:
        blueprint.before_request(_refuse_forged)
    blueprint.after_request(_dress)
    blueprint.register_error_handler(DomainError, _refused)
    blueprint.register_error_handler(HTTPException, _http_error)
    blueprint.register_error_handler(Exception, _broken)
    return blueprint


def prepare(app: Flask, settings: Settings) -> None:
    """Set up templates, cookies and the page for an address that is not there."""
    secure = is_secure(settings)
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_NAME="__Host-lintel-form" if secure else "lintel-form",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    _csrf.init_app(app)
    words.register(app)
    app.register_error_handler(404, _not_there)


def is_secure(settings: Settings) -> bool:
    """Whether browsers reach us by TLS, so that cookies may insist on it."""
    return settings.public_url.startswith("https://")


def problem_page(status: int, title: str, sentence: str) -> Response:
    """A page for something that did not work."""
    page = render_template("problem.html", status=status, title=title, sentence=sentence)
    return Response(page, status=status, mimetype="text/html")


def allow(answer: Response, *, images: str = "'self' data:", frames: str = "'none'") -> Response:
    """Let this one page show pictures or frames from where it must."""
    answer.headers["Content-Security-Policy"] = CSP.format(images=images, frames=frames)
    return answer


def _refuse_forged() -> None:
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("This came from another site.")
    _csrf.protect()


def _dress(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.is_secure:
        answer.headers.setdefault("Strict-Transport-Security", YEAR_OF_TLS)
    return answer


def _refused(error: DomainError) -> Response:
    return problem_page(error.status, error.title, error.detail)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    sentence = words.told(status) or error.description or ""
    return problem_page(status, error.name, sentence)


def _broken(error: Exception) -> Response:
    if is_away(error):
        answer = problem_page(503, "Service unavailable", words.told(503))
        answer.headers["Retry-After"] = "2"
        return answer
    log.exception("page failed", extra={"method": request.method, "path": request.path})
    return problem_page(500, "Internal server error", words.told(500))


def _not_there(error: Any) -> Response:
    wanted = request.accept_mimetypes
    if wanted["text/html"] > wanted["application/json"] and not request.path.startswith("/v1/"):
        return _dress(problem_page(404, "Not found", words.told(404)))
    return problem(404, "Not Found", error.description)
