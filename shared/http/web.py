"""The web process of every service: errors, request ids, tokens, health, metrics, OpenAPI, and transactions of
writes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SessionInterface
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import RAISE
from pymongo.database import Database
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from shared import codes
from shared.errors import Invalid, PreconditionRequired
from shared.http import docs, health, idempotency, problems
from shared.http.auth import Verifier, guard, principal, public
from shared.http.json_provider import JsonProvider
from shared.messaging.faults import arm, fault
from shared.running import context
from shared.running.settings import Settings
from shared.storage.mongo import transaction
from shared.vocabulary.i18n import LANGUAGES

Deps = TypeVar("Deps")
View = TypeVar("View", bound=Callable[..., Any])
BODY_LIMIT = 1024 * 1024
# A reply with its headers.
Versioned = tuple[object, dict[str, str]]


class _Parser(FlaskParser):
    """Refuses an unknown query parameter by its name, as unknown fields of bodies are refused."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE}


class Blueprint(SmorestBlueprint):
    """The views of one part of a service's API."""

    ARGUMENTS_PARSER = _Parser()

    def arguments(self, schema: Any, **options: Any) -> Any:
        """The arguments of a view; a schema's fields are made once, not for each request."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **options)


class _NoSession(SessionInterface):
    """APIs have no cookies, so Flask's session is not read; pages have a session of their own."""

    def open_session(self, app: Flask, request: Request) -> None:
        """No session."""


class _Service(Flask):
    """Flask with an Allow header for this very resource, not for a wider pattern beside it."""

    def make_default_options_response(self) -> Response:
        """The reply to OPTIONS."""
        path = request.url_rule.rule if request.url_rule else ""
        answer = super().make_default_options_response()
        same = (rule.methods or () for rule in self.url_map.iter_rules() if rule.rule == path)
        answer.allow.clear()
        answer.allow.update({method for methods in same for method in methods})
        return answer


def create_service_app(
    name: str,
    settings: Settings,
    db: Database[Any],
    deps: object,
    blueprints: Iterable[Blueprint],
    checks: health.Checks | None = None,
) -> Flask:
    """The Flask application of a service; `deps` are the dependencies of its views, `checks` go to /readyz."""
    app = _Service(f"services.{name}", static_folder=None)
    app.config.update(
        API_TITLE=f"Lintel {name}",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        SECRET_KEY=settings.secret_key,
    )
    app.json = JsonProvider(app)
    app.session_interface = _NoSession()
    if hops := settings.proxy_hops:  # otherwise a caller could claim any address
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    app.extensions["lintel"] = {"deps": deps, "db": db, "service": name, "settings": settings}
    arm(settings.fault, settings.fault_dir)
    _surround(app)
    guard(app, Verifier(settings))
    problems.register(app)
    api = problems.ProblemApi(app, spec_kwargs={"security": [{"bearer": []}]})
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    health.register(app, name, db, checks)
    docs.register(app, name)
    _mark_public(app)
    return app


def dependencies_of(_kind: type[Deps]) -> Callable[[], Deps]:
    """Gives a service's views its dependencies: `deps = dependencies_of(Deps)`, once a service."""

    def dependencies() -> Deps:
        found: Deps = current_app.extensions["lintel"]["deps"]
        return found

    return dependencies


def service_settings() -> Settings:
    """The settings that this process runs with."""
    found: Settings = current_app.extensions["lintel"]["settings"]
    return found


def agency_id() -> str:
    """The agency of the principal."""
    return principal().agency_id


def writes(view: View) -> View:
    """Run a view in one transaction, and once for each Idempotency-Key.

    The view may run again on a transient conflict, so it must change nothing but MongoDB.
    """

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        db = current_app.extensions["lintel"]["db"]
        if request.method in ("PATCH", "PUT") and not request.get_data():
            raise Invalid("The request has no body.", {"body": [codes.MISSING()]})
        key, print_ = _idempotency(), ""
        if key:
            print_ = _fingerprint()

        def work() -> Response:
            g.mentioned = set()
            if key:
                idempotency.claim(db, key, print_)
            answer = current_app.make_response(view(*args, **kwargs))
            if key:
                idempotency.keep(db, key, _freeze(answer), g.mentioned)
            return answer

        try:
            answer = transaction(db.client, work)
        except idempotency.SeenBefore:
            return _thaw(idempotency.earlier_answer(db, key, print_))
        fault("web.after_commit")
        return answer

    return wrapper  # type: ignore[return-value]


def takes(body_limit: int) -> Callable[[View], View]:
    """Let a view take a larger body than others may, in bytes."""

    def mark(view: View) -> View:
        view.body_limit = body_limit  # type: ignore[attr-defined]
        return view

    return mark


def mentions(*subjects: str) -> None:
    """Name the person whose data the reply carries, so that an erasure finds the copy kept for its Idempotency-Key."""
    g.mentioned.update(subjects)


def expected_version() -> int:
    """The version in If-Match; PreconditionRequired without one."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise PreconditionRequired("Send If-Match with the ETag that you read.", {"If-Match": [codes.MISSING()]})
    try:
        return int(header.removeprefix("W/").strip('"'))
    except ValueError:
        raise Invalid("If-Match is not a valid ETag.", {"If-Match": [codes.NOT_AN_ETAG()]}) from None


def reader_language() -> str:
    """The supported language that the caller prefers; English where there is none."""
    # without regions: "pt-BR, en;q=0.5" is Portuguese, which werkzeug would try after English
    liked = LanguageAccept([(tag.partition("-")[0], quality) for tag, quality in request.accept_languages])
    return liked.best_match(LANGUAGES) or LANGUAGES[0]


def versioned(body: object, version: int, location: str | None = None) -> Versioned:
    """A reply with its ETag, and its Location where the resource is new."""
    headers = {"ETag": f'"{version}"'} | ({"Location": location} if location else {})
    return body, headers


def _idempotency() -> str:
    key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
    if len(key) > 200:
        raise Invalid("The key is too long.", {"Idempotency-Key": [codes.TOO_LONG(most=200)]})
    who = g.principal if "principal" in g else None
    return f"{who.agency_id if who else ''}/{who.subject if who else ''}/{key}" if key else ""


def _fingerprint() -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    parts = request.method.encode(), request.full_path.encode(), request.get_data()
    return idempotency.fingerprint(secret, *parts)


def _freeze(answer: Response) -> dict[str, Any]:
    kept = {k: v for k, v in answer.headers.items() if k in ("ETag", "Location", "Content-Type")}
    return {"status": answer.status_code, "headers": kept, "body": answer.get_data()}


def _thaw(answer: dict[str, Any]) -> Response:
    return Response(
        answer["body"], status=answer["status"], headers=answer["headers"] | {"Idempotency-Replayed": "true"}
    )


def _surround(app: Flask) -> None:
    """Give each request its correlation id and metrics; forbid caching and sniffing of the reply."""

    def enter() -> None:
        g.started = time.perf_counter()
        g.work = context.working(request.headers.get("X-Correlation-ID", "")[:64] or context.new_id())
        g.correlation_id = g.work.__enter__().correlation_id
        view = current_app.view_functions.get(request.endpoint or "")
        request.max_content_length = getattr(view, "body_limit", BODY_LIMIT)
        if request.content_length and request.content_length > request.max_content_length:
            raise RequestEntityTooLarge

    def leave(answer: Response) -> Response:
        answer.headers["X-Correlation-ID"] = g.get("correlation_id", "")
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers["X-Content-Type-Options"] = "nosniff"
        health.measure(answer.status_code, time.perf_counter() - g.get("started", time.perf_counter()))
        return answer

    def end(_error: BaseException | None) -> None:
        if (work := g.pop("work", None)) is not None:
            work.__exit__(None, None, None)

    app.before_request(enter)
    app.after_request(leave)
    app.teardown_request(end)


def _mark_public(app: Flask) -> None:
    """The OpenAPI document needs no token."""
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("api-docs."):
            # a bound method takes no attribute, a partial does
            app.view_functions[endpoint] = public(partial(view))
