"""Passwords and secrets, checked without a database."""

import pytest
from argon2 import PasswordHasher, profiles

from services.gateway.accounts.credentials import Passwords, fingerprint, is_secret_of, new_secret

CHEAP = PasswordHasher.from_parameters(profiles.CHEAPEST)


class Counting(PasswordHasher):
    """Counts how often a hash was compared."""

    compared = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        self.compared += 1
        return super().verify(hash, password)


def test_the_right_password_opens_and_another_does_not() -> None:
    passwords = Passwords(CHEAP)
    kept = passwords.hash("correct horse")
    assert kept.startswith("$argon2id$")
    assert passwords.verify(kept, "correct horse")
    assert not passwords.verify(kept, "correct house")
    assert not passwords.verify("no hash at all", "correct horse")


def test_somebody_unknown_costs_one_comparison_too_and_never_gets_in() -> None:
    hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    passwords = Passwords(hasher)
    assert not passwords.verify(None, "anything")
    assert hasher.compared == 1


def test_a_hash_of_weaker_parameters_is_outdated() -> None:
    weak = Passwords(CHEAP).hash("correct horse")
    assert Passwords().is_outdated(weak)
    assert not Passwords(CHEAP).is_outdated(weak)


def test_a_secret_is_long_random_and_kept_as_a_fingerprint() -> None:
    first, second = new_secret(), new_secret()
    assert first != second
    assert len(first) >= 43
    assert is_secret_of(first, fingerprint(first))
    assert not is_secret_of(second, fingerprint(first))


@pytest.mark.parametrize("text", ["\ud800", "ñ", ""])
def test_any_text_has_a_fingerprint(text: str) -> None:
    assert len(fingerprint(text)) == 64
