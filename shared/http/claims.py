"""What a token says, for those who sign and those who check: no web is needed to know it."""

from __future__ import annotations

ALGORITHM = "Ed25519"
ISSUER = AUDIENCE = "lintel"
STAFF = ("agent", "manager", "admin")
ROLES = (*STAFF, "prospect", "operator", "service")
