"""Verifies the gateway's tokens and checks every route's policy; a route without a policy is closed."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import requests
from flask import Flask, current_app, g, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.errors import Forbidden, Unauthorized, Unavailable
from shared.http.claims import ALGORITHM, AUDIENCE, ISSUER, ROLES
from shared.running.settings import Settings

LEEWAY_SECONDS = 30
CACHE_SIZE = 10_000
_NOBODY: frozenset[str] = frozenset()
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Principal:
    """The person or program behind a request; `agency_id` is empty for an operator alone."""

    subject: str
    role: str
    agency_id: str = ""
    contact_id: str | None = None
    member_id: str | None = None


class Verifier:
    """Checks tokens against the gateway's public keys; the keys are read again when a token names an unknown one."""

    def __init__(self, settings: Settings) -> None:
        self._file, self._url = settings.jwks_file, settings.jwks_url
        self._keys: KeySet | None = None
        self._read_at = 0.0
        self._seen: dict[bytes, tuple[float, Principal]] = {}
        self._lock = threading.Lock()
        self._claims = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
            sub={"essential": True},
        )

    def principal(self, token: str) -> Principal:
        """The principal of the token; Unauthorized when it is forged, for another audience, or expired."""
        key = hashlib.sha256(token.encode()).digest()
        known = self._seen.get(key)
        if known and known[0] > time.time():
            return known[1]
        claims = self._verified(token)
        principal = _principal(claims)
        with self._lock:
            if len(self._seen) >= CACHE_SIZE:
                self._seen.clear()
            self._seen[key] = (float(claims["exp"]), principal)
        return principal

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            try:
                decoded = jwt.decode(token, self._key_set(), algorithms=[ALGORITHM])
            except JoseError:
                decoded = jwt.decode(token, self._key_set(again=True), algorithms=[ALGORITHM])
            self._claims.validate(decoded.claims)
        except (JoseError, ValueError) as error:
            raise Unauthorized(f"The token is not valid: {type(error).__name__}.") from None
        return dict(decoded.claims)

    def _key_set(self, again: bool = False) -> KeySet:
        # forged tokens must not make us read the keys more than once a second
        if self._keys is None or (again and time.monotonic() - self._read_at > 1.0):
            self._keys = KeySet.import_key_set(self._read())
            self._read_at = time.monotonic()
        return self._keys

    def _read(self) -> Any:
        try:
            if self._file:
                return json.loads(Path(self._file).read_text())
            return requests.get(self._url, timeout=3).json()
        except (OSError, ValueError) as error:
            raise Unavailable("The keys that tokens are checked with cannot be read.") from error


def _principal(claims: dict[str, Any]) -> Principal:
    role, agency_id = claims.get("role"), claims.get("agency_id") or ""
    if role not in ROLES or (role != "operator" and not agency_id):
        raise Unauthorized("The token names no role of ours.")
    return Principal(str(claims["sub"]), str(role), str(agency_id), claims.get("contact_id"), claims.get("member_id"))


def policy(*roles: str) -> Callable[[View], View]:
    """Mark a view with the roles that may call it; `policy()` without roles allows nobody."""

    def mark(view: View) -> View:
        view.policy = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Mark a view that needs no token."""
    view.policy = None  # type: ignore[attr-defined]
    return view


def principal() -> Principal:
    """The principal, inside a request that passed its policy."""
    return cast(Principal, g.principal)


def guard(app: Flask, verifier: Verifier) -> None:
    """Check the policy of every view before it runs."""

    def check() -> None:
        if request.endpoint is None or request.endpoint == "static":
            return
        roles = getattr(current_app.view_functions[request.endpoint], "policy", _NOBODY)
        if roles is None:
            return
        g.principal = verifier.principal(_bearer())
        if g.principal.role not in roles:
            raise Forbidden("Your role does not allow this.")

    app.before_request(check)


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("Send a token: Authorization: Bearer ...")
    return token.strip()
