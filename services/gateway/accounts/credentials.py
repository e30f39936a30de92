"""Passwords and random secrets: created and checked here, stored only as hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """argon2id; a check costs the same for an unknown person, and at most two run at once (64 MiB each)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._room = threading.BoundedSemaphore(2)
        self._nobody: str | None = None

    def hash(self, password: str) -> str:
        """The hash to store."""
        with self._room:
            return self._hasher.hash(password)

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether the password is right; `kept` is None for an unknown person."""
        with self._room:
            try:
                right = self._hasher.verify(kept or self._of_nobody(), password)
            except (VerificationError, InvalidHashError):
                return False
            return right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _of_nobody(self) -> str:
        if self._nobody is None:
            self._nobody = self._hasher.hash(secrets.token_urlsafe(16))
        return self._nobody


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """The hash of a random secret; enough for 256 random bits, never for a password."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_secret_of(secret: str, kept: str) -> bool:
    """Whether the secret has this hash."""
    return hmac.compare_digest(fingerprint(secret), kept)
