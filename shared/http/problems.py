"""Errors as application/problem+json (RFC 9457), made in one place."""

from __future__ import annotations

import http
import json
import logging
import traceback
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_smorest import Api
from flask_smorest.utils import prepare_response
from marshmallow import Schema, fields
from pymongo.errors import PyMongoError

from shared.codes import UNREADABLE_BODY, FieldError, documents
from shared.errors import DomainError
from shared.running import context
from shared.storage.mongo import is_unreachable

log = logging.getLogger(__name__)
PROBLEM = "application/problem+json"


class ProblemSchema(Schema):
    """The body of a refusal; `errors` names the fields, each with codes and figures (shared.codes)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    instance = fields.String()
    code = fields.String(required=True, metadata={"description": "The same for programs."})
    figures = fields.Dict(metadata={"description": "What the code speaks of, such as a limit."})
    errors = fields.Dict(metadata={"description": 'By field, e.g. [{"code": "too_large", "most": 9, "detail": …}].'})


class ProblemApi(Api):
    """flask-smorest with problem+json in replies and in the OpenAPI document."""

    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: Any) -> Response:
        """Every error that werkzeug or webargs raises."""
        payload, code, headers = super().handle_http_exception(error)
        errors = payload.get("errors") or {}
        for place in ("json", "form", "files"):
            nested = errors.pop(place, None) if isinstance(errors, dict) else None
            if nested:
                errors = {**errors, **(nested if isinstance(nested, dict) else {"body": nested})}
        if code == 400 and "body" in errors:
            errors = {"body": [UNREADABLE_BODY]}  # replaces a sentence of webargs
        detail = "Some fields are wrong." if code == 422 else payload.get("message") or error.description
        answer = problem(int(code), str(payload["status"]), detail, errors)
        # flask-smorest drops them, and a 405 without Allow breaks RFC 9110
        for name, value in [*error.get_headers(), *dict(headers or {}).items()]:
            if name.lower() not in ("content-type", "content-length"):
                answer.headers[name] = value
        return answer

    def _register_responses(self) -> None:
        for status in (*http.HTTPStatus, None):
            response: dict[str, Any] = {"description": status.phrase if status else "Default error response"}
            if status is None or not (100 <= status < 200 or status in (204, 304)):
                response["schema"] = self.ERROR_SCHEMA
            media = PROBLEM if status is None or status >= 400 else "application/json"
            prepare_response(response, self.spec, media)
            self.spec.components.response(status.name if status else "DEFAULT_ERROR", response, lazy=True)


def problem(status: int, title: str, detail: str, errors: Any = None, code: str = "") -> Response:
    """One problem; a person can quote its request id."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body["code"] = code or title.lower().replace(" ", "_")
    body["instance"] = f"urn:request:{context.current().correlation_id}"
    if isinstance(detail, FieldError) and detail.figures:
        body["figures"] = detail.figures
    if errors:
        body["errors"] = documents(errors)
    answer = jsonify(body)
    answer.status_code = status
    answer.mimetype = PROBLEM
    return answer


def register(app: Flask) -> None:
    """Turn our own errors, an unreachable database, and bugs into problems."""

    @app.errorhandler(DomainError)
    def _domain(error: DomainError) -> Response:
        answer = problem(error.status, error.title, error.detail, error.errors, error.code)
        if error.status == 401:
            answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    @app.errorhandler(PyMongoError)
    def _database(error: PyMongoError) -> Response:
        if not is_unreachable(error):
            return _bug(error)
        answer = problem(503, "Service unavailable", "The database is away; try again in a moment.")
        answer.headers["Retry-After"] = "2"
        return answer

    @app.errorhandler(RecursionError)
    def _too_deep(error: RecursionError) -> Response:
        frames = traceback.extract_tb(error.__traceback__)
        if frames[-1].filename != json.decoder.__file__:
            return _bug(error)
        return problem(400, "Bad request", "The JSON is nested too deeply.")

    @app.errorhandler(Exception)
    def _bug(error: Exception) -> Response:
        log.exception("request failed", extra={"method": request.method, "path": request.path})
        return problem(500, "Internal server error", "Something broke here; it is in the log under this instance.")
