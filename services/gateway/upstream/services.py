"""The clients of all services with one person's token, and parallel calls."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, overload

from services.gateway.upstream.client import Caller
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import LeadsClient
from services.gateway.upstream.matching import MatchingClient
from services.gateway.upstream.notifications import NotificationsClient
from services.gateway.upstream.properties import PropertiesClient
from services.gateway.upstream.service_status import ServiceStatusClient

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")
G = TypeVar("G")


@dataclass(frozen=True)
class ServiceClients:
    """All services, called with one person's token; sentences come in that person's language.

    A refusal is raised as a DomainError with the service's text.
    """

    caller: Caller

    @property
    def leads(self) -> LeadsClient:
        """People, consents, timelines."""
        return LeadsClient(self.caller)

    @property
    def properties(self) -> PropertiesClient:
        """Listings and imports."""
        return PropertiesClient(self.caller)

    @property
    def matching(self) -> MatchingClient:
        """Saved searches, matches, advice, opinions."""
        return MatchingClient(self.caller)

    @property
    def notifications(self) -> NotificationsClient:
        """Deliveries and letters."""
        return NotificationsClient(self.caller)

    def service_status(self, service: str) -> ServiceStatusClient:
        """What every service answers about itself."""
        return ServiceStatusClient(self.caller, name=service)

    def in_language(self, language: str) -> ServiceClients:
        """The same clients with sentences in another language."""
        return ServiceClients(replace(self.caller, language=language))

    @overload
    def in_parallel(self, a: Callable[[], A], b: Callable[[], B], /) -> tuple[A | Unavailable, B | Unavailable]: ...
    @overload
    def in_parallel(
        self, a: Callable[[], A], b: Callable[[], B], c: Callable[[], C], /
    ) -> tuple[A | Unavailable, B | Unavailable, C | Unavailable]: ...
    @overload
    def in_parallel(
        self, a: Callable[[], A], b: Callable[[], B], c: Callable[[], C], d: Callable[[], D], /
    ) -> tuple[A | Unavailable, B | Unavailable, C | Unavailable, D | Unavailable]: ...
    @overload
    def in_parallel(
        self, a: Callable[[], A], b: Callable[[], B], c: Callable[[], C], d: Callable[[], D], e: Callable[[], E], /
    ) -> tuple[A | Unavailable, B | Unavailable, C | Unavailable, D | Unavailable, E | Unavailable]: ...
    @overload
    def in_parallel(
        self,
        a: Callable[[], A],
        b: Callable[[], B],
        c: Callable[[], C],
        d: Callable[[], D],
        e: Callable[[], E],
        f: Callable[[], F],
        /,
    ) -> tuple[
        A | Unavailable, B | Unavailable, C | Unavailable, D | Unavailable, E | Unavailable, F | Unavailable
    ]: ...
    @overload
    def in_parallel(
        self,
        a: Callable[[], A],
        b: Callable[[], B],
        c: Callable[[], C],
        d: Callable[[], D],
        e: Callable[[], E],
        f: Callable[[], F],
        g: Callable[[], G],
        /,
    ) -> tuple[
        A | Unavailable,
        B | Unavailable,
        C | Unavailable,
        D | Unavailable,
        E | Unavailable,
        F | Unavailable,
        G | Unavailable,
    ]: ...
    @overload
    def in_parallel(self, a: Callable[[], A], /) -> tuple[A | Unavailable]: ...

    # Any: the overloads above say what the tuple holds
    def in_parallel(self, *calls: Callable[[], Any]) -> tuple[Any, ...]:
        """Make these calls at once; each gives its answer, or Unavailable when it fails."""
        return tuple(self.each_in_parallel(dict(enumerate(calls))).values())

    def each_in_parallel(self, calls: Mapping[K, Callable[[], T]]) -> dict[K, T | Unavailable]:
        """Make calls of one kind at once; the answers stand under the keys of their calls."""
        return self.caller.upstream.in_parallel(calls)
