"""What every service's tests share: tokens for anybody, settings for a test's servers."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from shared.http.claims import ALGORITHM, AUDIENCE, ISSUER
from shared.running.settings import Settings


class Issuer:
    """Stands in for the gateway: a key of its own, its public half in a file, tokens on demand."""

    def __init__(self, folder: Path) -> None:
        self.key = OKPKey.generate_key("Ed25519", {"kid": "test", "use": "sig"})
        self.jwks_file = folder / "jwks.json"
        self.jwks_file.write_text(json.dumps(KeySet([self.key]).as_dict(private=False)))

    def token(self, role: str = "agent", agency_id: str = "agency-a", *, seconds: int = 300, **claims: Any) -> str:
        """A token as the gateway makes them; `seconds` may be negative."""
        now = int(time.time())
        body = {"iss": ISSUER, "aud": AUDIENCE, "sub": f"{role}-1", "iat": now, "exp": now + seconds, "role": role}
        body |= {"agency_id": agency_id} if agency_id else {}
        return jwt.encode({"alg": ALGORITHM, "kid": "test"}, body | claims, self.key, algorithms=[ALGORITHM])

    def headers(self, role: str = "agent", agency_id: str = "agency-a", **claims: Any) -> dict[str, str]:
        """The Authorization header of such a token."""
        return {"Authorization": f"Bearer {self.token(role, agency_id, **claims)}"}


def test_settings(**values: Any) -> Settings:
    """Settings for local mode; give mongo_url, amqp_url, mongo_db_prefix and what else the test needs."""
    basic: dict[str, Any] = {
        "mode": "local",
        "mongo_url": "mongodb://127.0.0.1:1",
        "amqp_url": "amqp://127.0.0.1:1",
        "secret_key": "for-tests-only-0123456789",
    }
    return Settings(**{**basic, **values})


test_settings.__test__ = False  # type: ignore[attr-defined]
