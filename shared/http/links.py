"""Signed tokens for links that one process writes into a mail and another one reads, and addresses told without them.

Tokens never expire by themselves: what is to end, says so in its payload.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

LONGEST = 2048


def sign(secret: str, purpose: str, payload: Mapping[str, Any]) -> str:
    """A URL-safe token over a JSON payload; a token of one purpose is worthless for every other."""
    return str(_serializer(secret, purpose).dumps(dict(payload)))


def read(secret: str, purpose: str, token: str) -> dict[str, Any] | None:
    """The payload of a genuine token, None for a forged, cut or too long one or one of another purpose."""
    if not token.isascii() or len(token) > LONGEST:
        return None
    try:
        payload = _serializer(secret, purpose).loads(token)
    except BadData:
        return None
    return payload if isinstance(payload, dict) else None


def address_print(secret: str, address: str) -> str:
    """A keyed hash in place of an e-mail address, equal for all spellings of it."""
    return hmac.new(secret.encode(), address.strip().casefold().encode("utf-8", "replace"), sha256).hexdigest()


def _serializer(secret: str, purpose: str) -> URLSafeSerializer:
    signer = {"key_derivation": "hmac", "digest_method": sha256}
    return URLSafeSerializer(secret, salt=f"lintel.link.{purpose}", signer_kwargs=signer)
