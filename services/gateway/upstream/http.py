"""The other services over HTTP, asked in the name of the very person; one that is away spoils nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import requests

from shared.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    TooManyRequests,
    Unauthorized,
    Unavailable,
)
from shared.running import context

T = TypeVar("T")
_here = threading.local()
CONNECT_SECONDS, READ_SECONDS, UPLOAD_SECONDS = 0.5, 2.0, 30.0
_REFUSALS: tuple[type[DomainError], ...] = (
    Unauthorized,
    Forbidden,
    NotFound,
    Conflict,
    Invalid,
    PreconditionFailed,
    TooManyRequests,
)


@dataclass(frozen=True)
class Away:
    """A service that gave no answer, and why; `unheard` where it does not know yet what it was asked about."""

    service: str
    why: str
    unheard: bool = False


class NoAnswer(Unavailable):
    """A service that cannot be reached or makes no sense."""

    def __init__(self, service: str) -> None:
        super().__init__(f"{service} gives no answer.")
        self.service = service


class Upstream:
    """Calls services at their addresses with short timeouts."""

    def __init__(self, urls: Mapping[str, str], threads: int = 16) -> None:
        self._urls = {name: url.rstrip("/") for name, url in urls.items() if url}
        self._http = requests.Session()
        self._http.trust_env = False  # a proxy of the machine's must not see what services tell each other
        self._http.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=threads))
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="upstream")

    def call(
        self,
        service: str,
        method: str,
        path: str,
        token: str,
        json: Any = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        parts: Mapping[str, Any] | None = None,
    ) -> Any:
        """The answer's JSON (None when it has none); DomainError with the service's words when it refuses.

        `parts` are sent as multipart/form-data: texts as (None, text), files as (name, bytes).
        """
        told = {"Authorization": f"Bearer {token}", "X-Correlation-ID": context.current().correlation_id}
        try:
            answer = self._http.request(
                method,
                f"{self._address(service)}{path}",
                json=json,
                files=parts,
                params=query,
                headers=told | dict(headers or {}),
                timeout=(CONNECT_SECONDS, UPLOAD_SECONDS if parts else READ_SECONDS),
                allow_redirects=False,
            )
            body = answer.json() if answer.content else None
        except (requests.RequestException, ValueError) as error:
            raise NoAnswer(service) from error
        if answer.status_code >= 400:
            raise _refusal(service, answer.status_code, body)
        return body

    def ask_all(self, services: Iterable[str], ask: Callable[[str], T]) -> dict[str, T | Away]:
        """Ask several services at once; whoever fails is Away."""
        return self.together({name: partial(ask, name) for name in services})

    def together(self, calls: Mapping[str, Callable[[], T]]) -> dict[str, T | Away]:
        """Make several calls at once; what fails is Away under its name.

        Within a call that is made so itself, they are made one after another: a pool whose threads all wait for its
        threads would wait for ever.
        """
        if getattr(_here, "pooled", False):
            return {name: _answer(name, call) for name, call in calls.items()}
        futures = {name: self._pool.submit(copy_context().run, _pooled, call) for name, call in calls.items()}
        return {name: _answer(name, future.result) for name, future in futures.items()}

    def _address(self, service: str) -> str:
        if service not in self._urls:
            raise Unavailable(f"The address of {service} is not known here ({service.upper()}_URL).")
        return self._urls[service]


def _pooled(call: Callable[[], T]) -> T:
    _here.pooled = True
    return call()


def _answer(name: str, call: Callable[[], T]) -> T | Away:
    try:
        return call()
    except DomainError as error:
        return Away(error.service or name, error.detail, isinstance(error, NotFound))


def _refusal(service: str, status: int, body: Any) -> DomainError:
    told = body if isinstance(body, dict) else {}
    detail = str(told.get("detail") or f"{service} answered with {status}.")
    kind = next((kind for kind in _REFUSALS if kind.status == status), None)
    refusal = (kind or Unavailable)(detail, told.get("errors") if isinstance(told.get("errors"), dict) else None)
    refusal.service = service
    return refusal
