"""The claims of a token, for signing and checking; needs no web libraries."""

from __future__ import annotations

ALGORITHM = "Ed25519"
ISSUER = AUDIENCE = "lintel"
STAFF = ("agent", "manager", "admin")
ROLES = (*STAFF, "prospect", "operator", "service")
