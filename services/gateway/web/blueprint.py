"""Blueprints of pages: their headers, protection against forged posts, and pages for what goes wrong."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import HTTPException

from services.gateway.web.language import gettext
from shared.errors import DomainError, Forbidden
from shared.http.web import service_settings
from shared.running.context import current
from shared.storage.mongo import is_unreachable

log = logging.getLogger(__name__)
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; font-src 'self'; "
    "connect-src 'self'{stream}; form-action 'self'; base-uri 'none'; frame-src {frames}; frame-ancestors 'none'; "
    "manifest-src 'self'"
)
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
YEAR_OF_TLS = "max-age=31536000; includeSubDomains"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
csrf = CSRFProtect()


def new_blueprint(name: str, *, guarded: bool) -> Blueprint:
    """A blueprint of pages; `guarded` ones refuse a post that no page of ours made."""
    blueprint = Blueprint(name, __name__)
    if guarded:
        blueprint.before_request(_refuse_forged)
    blueprint.after_request(set_headers)
    blueprint.register_error_handler(DomainError, refused)
    blueprint.register_error_handler(HTTPException, _http_error)
    blueprint.register_error_handler(Exception, _broken)
    return blueprint


def is_partial() -> bool:
    """Whether a part of a page is asked for, to stand in a page that is open already."""
    return request.headers.get("HX-Request-Type") == "partial" or "X-Partial" in request.headers


def problem_page(status: int, title: str, sentence: str) -> Response:
    """A page for something that did not work; its part alone where a part was asked for."""
    template = "_problem.html" if is_partial() else "problem.html"
    page = render_template(template, status=status, title=title, sentence=sentence, number=current().correlation_id)
    return Response(page, status=status, mimetype="text/html")


def allow(answer: Response, *, images: str = "'self' data: https:", frames: str = "'none'") -> Response:
    """Let this one page show pictures or frames from where it must."""
    answer.headers["Content-Security-Policy"] = policy(images=images, frames=frames)
    return answer


def policy(*, images: str = "'self' data: https:", frames: str = "'none'") -> str:
    """What a page may load; homes' photographs come from wherever the agency keeps them."""
    stream, tiles = service_settings().stream_url, _tile_origin()
    images = f"{images} {tiles}" if tiles else images
    return CSP.format(images=images, frames=frames, stream=f" {stream}" if stream else "")


def set_headers(answer: Response) -> Response:
    """Give an answer the headers of all pages."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Content-Security-Policy", policy())
    if answer.mimetype == "text/html":
        answer.headers.add("Vary", "HX-Request, HX-Request-Type, Cookie")
    if request.is_secure:
        answer.headers.setdefault("Strict-Transport-Security", YEAR_OF_TLS)
    return answer


def refused(error: DomainError) -> Response:
    """The page for something that a service or a rule refused."""
    return problem_page(error.status, error.title, error.detail)


def sentence_for(status: int) -> str:
    """What a page says when something went wrong; nothing for what says it better itself."""
    sentences = {
        400: gettext("This form is too old or incomplete. Go back, load the page again and try once more."),
        403: gettext("Your role does not give access to this page."),
        404: gettext("This page does not exist."),
        405: gettext("This page does not exist."),
        500: gettext("Something went wrong. Try again in a moment."),
        503: gettext("Part of the system is unavailable. Try again in a moment."),
    }
    return sentences.get(status, "")


def _refuse_forged() -> None:
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("This request came from another site.")
    csrf.protect()


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    sentence = sentence_for(status) or error.description or ""
    return problem_page(status, error.name, sentence)


def _broken(error: Exception) -> Response:
    if is_unreachable(error):
        answer = problem_page(503, "Service unavailable", sentence_for(503))
        answer.headers["Retry-After"] = "2"
        return answer
    log.exception("page failed", extra={"method": request.method, "path": request.path})
    return problem_page(500, "Internal server error", sentence_for(500))


def _tile_origin() -> str:
    """Where map tiles come from, when the agency's maps have any."""
    parts = urlsplit(service_settings().tile_url)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}" if parts.netloc else ""
