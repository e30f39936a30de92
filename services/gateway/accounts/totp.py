"""Codes from an authenticator app as the second step of signing in (RFC 6238: SHA-1, 6 digits, 30 seconds)."""

from __future__ import annotations

import base64
import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_SECONDS = 30
DIGITS = 6
# one step early or late: telephones' clocks are inexact, and typing takes time
SLACK = (0, -1, 1)


def new_secret() -> str:
    """160 random bits as base32, the form that apps accept by hand."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_of(secret: str, code: str, at: float) -> int | None:
    """The time step of the code; None when the code is not current (`at` in seconds)."""
    given = "".join(code.split())
    for slack in SLACK:
        step = int(at // STEP_SECONDS) + slack
        if hmac.compare_digest(code_at(secret, step).encode(), given.encode("utf-8", "replace")):
            return step
    return None


def code_at(secret: str, step: int) -> str:
    """The six digits of a time step."""
    return _totp(secret).generate(step * STEP_SECONDS).decode()


def address(secret: str, account: str, issuer: str) -> str:
    """The otpauth: address that authenticator apps read."""
    return _totp(secret).get_provisioning_uri(account, issuer)


def _totp(secret: str) -> TOTP:
    # apps know nothing but SHA-1 reliably; as HMAC it is sound
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS, enforce_key_length=False)
