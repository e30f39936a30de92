"""The signing key of the installation, and the tokens made with it; only the gateway holds it."""

from __future__ import annotations

import json
import os
import time
from functools import cached_property
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from services.gateway.accounts.model.api_client import ApiClient
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.model.session import Prospect
from shared.errors import Unavailable
from shared.http.claims import ALGORITHM, AUDIENCE, ISSUER
from shared.running.context import new_id
from shared.running.settings import BadSettings, Settings

PERSON_SECONDS = 300
CLIENT_SECONDS = 3600


class Tokens:
    """Makes tokens; the key is read when the first one is made."""

    def __init__(self, key_file: str, jwks_file: str = "") -> None:
        self._key_file, self._jwks_file = key_file, jwks_file

    def of_client(self, client: ApiClient) -> str:
        """A token for a program, good for an hour."""
        return self._make(client.id, client.role, client.agency_id, CLIENT_SECONDS)

    def of_member(self, member: Member) -> str:
        """A token for the signed-in person, good for five minutes."""
        return self._make(member.id, member.role, member.agency_id, PERSON_SECONDS, member_id=member.id)

    def of(self, who: Member | Prospect) -> str:
        """A token for the signed-in person of any kind, good for five minutes."""
        return self.of_contact(who.agency_id, who.contact_id) if isinstance(who, Prospect) else self.of_member(who)

    def of_contact(self, agency_id: str, contact_id: str) -> str:
        """A token for a prospect, signed in or with a signed link, good for five minutes."""
        return self._make(contact_id, "prospect", agency_id, PERSON_SECONDS, contact_id=contact_id)

    def public_keys(self) -> dict[str, Any]:
        """The public keys that tokens are checked with, older ones too."""
        if self._jwks_file and Path(self._jwks_file).exists():
            return dict(_read_keys(Path(self._jwks_file)))
        return dict(KeySet([self._key]).as_dict(private=False))

    def _make(self, subject: str, role: str, agency_id: str, seconds: int, **more: str) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "role": role, "jti": new_id()}
        claims |= {"iat": now, "nbf": now, "exp": now + seconds, **more}
        claims |= {"agency_id": agency_id} if agency_id else {}
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid}, claims, self._key, algorithms=[ALGORITHM])

    @cached_property
    def _key(self) -> OKPKey:
        try:
            return _read_key(Path(self._key_file))
        except (OSError, ValueError, JoseError) as error:
            raise Unavailable("The key that tokens are signed with cannot be read.") from error


def prepare_keys(settings: Settings) -> None:
    """Create the signing key and publish its public half, unless both exist; safe for concurrent processes."""
    if not settings.signing_key_file:
        raise BadSettings("Lintel cannot start:\n  SIGNING_KEY_FILE: name the file of the gateway's private key")
    key_file = Path(settings.signing_key_file)
    if not key_file.exists():
        fresh = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
        _create(key_file, json.dumps(fresh.as_dict(private=True)))
    if settings.jwks_file:
        _tell(Path(settings.jwks_file), _read_key(key_file))


def _tell(jwks_file: Path, key: OKPKey) -> None:
    """Add the public half to the key set; earlier keys stay, so that a new key ends no session."""
    known = _read_keys(jwks_file)["keys"] if jwks_file.exists() else []
    if key.kid in {other.get("kid") for other in known}:
        return
    draft = _draft(jwks_file, json.dumps({"keys": [*known, key.as_dict(private=False)]}), 0o644)
    draft.replace(jwks_file)


def _create(path: Path, text: str) -> None:
    """Create the file atomically, readable by its owner alone; a second process keeps the first one's file."""
    draft = _draft(path, text, 0o600)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _draft(path: Path, text: str, mode: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{new_id()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as handle:
        handle.write(text)
    return draft


def _read_key(path: Path) -> OKPKey:
    return OKPKey.import_key(json.loads(path.read_text()))


def _read_keys(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found
