"""Limits attempts at passwords and secrets: only failures count, over all web processes together."""

from __future__ import annotations

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MongoDBStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from services.gateway.accounts.credentials import fingerprint
from shared.errors import TooManyRequests

# One address guessing at one account, one address at many, many addresses at one.
PAIR: RateLimitItem = RateLimitItemPerMinute(10, 15)
PLACE: RateLimitItem = RateLimitItemPerMinute(100, 15)
ACCOUNT: RateLimitItem = RateLimitItemPerHour(100)
# Links are mailed to others: few to one e-mail address, whoever requests them.
LINK_PLACE: RateLimitItem = RateLimitItemPerMinute(30, 15)
LINK_ADDRESS: RateLimitItem = RateLimitItemPerMinute(5, 15)


class Attempts:
    """Failures by network address and account, both kept as hashes."""

    def __init__(self, mongo_url: str, database: str) -> None:
        storage = _Storage(mongo_url, database, "attempt_counters", "attempt_windows", serverSelectionTimeoutMS=3000)
        self._limiter = SlidingWindowCounterRateLimiter(storage)

    def check(self, address: str, account: str) -> None:
        """Refuse another attempt after too many failures; raises TooManyRequests."""
        if not all(self._limiter.test(limit, key) for limit, key in _keys(address, account)):
            raise TooManyRequests("Too many attempts failed. Wait a quarter of an hour, then try again.")

    def failed(self, address: str, account: str) -> None:
        """Count one failure."""
        for limit, key in _keys(address, account):
            self._limiter.hit(limit, key)

    def asks_for_link(self, address: str, account: str) -> bool:
        """Count a request for a link: TooManyRequests from one address, False when this account was sent enough."""
        if not self._limiter.hit(LINK_PLACE, fingerprint(f"link place {address}")):
            raise TooManyRequests("Too many links were asked for. Wait a quarter of an hour, then try again.")
        return self._limiter.hit(LINK_ADDRESS, fingerprint(f"link account {account}"))


class _Storage(MongoDBStorage):
    """Opened by its first use; one that never was is not opened to be closed."""

    def __del__(self) -> None:
        if self._storage is not None:
            self._storage.close()


def _keys(address: str, account: str) -> list[tuple[RateLimitItem, str]]:
    place, who = fingerprint(f"place {address}"), fingerprint(f"account {account}")
    return [(PAIR, place + who), (PLACE, place), (ACCOUNT, who)]
