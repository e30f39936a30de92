"""Tokens for programs (RFC 6749 client credentials), and the public keys that all tokens are checked with."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException

from services.gateway.accounts.api.deps import deps
from services.gateway.accounts.handlers import api_clients
from services.gateway.accounts.schemas.token import GRANT, PublicKeys, Token, TokenRefusal, TokenRequest
from services.gateway.accounts.tokens import CLIENT_SECONDS
from shared.errors import DomainError, TooManyRequests, Unauthorized
from shared.http.auth import public
from shared.http.web import Blueprint

blp = Blueprint("tokens", __name__, description="Tokens for programs.")


class Refused(DomainError):
    """Whether the secret is sent in both ways at once, which RFC 6749 section 2.3 forbids."""


@blp.route("/oauth/token", methods=["POST"])
@public
@blp.doc(security=[])
@blp.arguments(TokenRequest, location="form")
@blp.response(200, Token)
@blp.alt_response(400, schema=TokenRefusal, content_type="application/json", description="RFC 6749 section 5.2")
@blp.alt_response(401, schema=TokenRefusal, content_type="application/json", description="RFC 6749 section 5.2")
@blp.alt_response(429, schema=TokenRefusal, content_type="application/json", description="Too many failed attempts")
def make_token(form: dict[str, Any]) -> dict[str, Any]:
    """Give a program its token: client_id and client_secret by HTTP Basic or in the form."""
    client_id, secret = _credentials(form)
    token = api_clients.client_token(deps(), client_id, secret, request.remote_addr or "")
    return {"access_token": token, "token_type": "Bearer", "expires_in": CLIENT_SECONDS}


@blp.route("/.well-known/jwks.json")
@public
@blp.doc(security=[])
@blp.response(200, PublicKeys)
def show_keys() -> dict[str, Any]:
    """Show the public keys."""
    keys: dict[str, Any] = deps().tokens.public_keys()
    return keys


@blp.errorhandler(Refused)
def _refused(error: Refused) -> Response:
    return _refusal(400, "invalid_request", error.detail)


@blp.errorhandler(Unauthorized)
def _unknown(error: Unauthorized) -> Response:
    answer = _refusal(401, "invalid_client", error.detail)
    answer.headers["WWW-Authenticate"] = 'Basic realm="lintel"'
    return answer


@blp.errorhandler(TooManyRequests)
def _too_many(error: TooManyRequests) -> Response:
    return _refusal(429, "temporarily_unavailable", error.detail)


@blp.errorhandler(HTTPException)
def _malformed(error: HTTPException) -> Response:
    if request.form.get("grant_type", GRANT) != GRANT:
        return _refusal(400, "unsupported_grant_type", f"grant_type must be {GRANT}.")
    return _refusal(400, "invalid_request", f"Send grant_type={GRANT} as application/x-www-form-urlencoded.")


def _credentials(form: dict[str, Any]) -> tuple[str, str]:
    basic = request.authorization
    if basic is not None and basic.type == "basic":
        if "client_secret" in form:
            raise Refused("Send the secret once: by HTTP Basic or in the form.")
        return basic.username or "", basic.password or ""
    if not form.get("client_id") or not form.get("client_secret"):
        raise Unauthorized("Send client_id and client_secret, by HTTP Basic or in the form.")
    return form["client_id"], form["client_secret"]


def _refusal(status: int, code: str, description: str) -> Response:
    answer = jsonify({"error": code, "error_description": description})
    answer.status_code = status
    return answer
