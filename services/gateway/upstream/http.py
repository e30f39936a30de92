"""Transport to the other services: connections, timeouts, refusals, and several calls at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, TypeVar

import requests

from shared import errors
from shared.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    TooManyRequests,
    Unauthorized,
)
from shared.running import context

K = TypeVar("K", bound=Hashable)
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
class Unavailable:
    """A service that did not reply and why; `not_known` where it does not know the requested thing yet."""

    service: str
    detail: str
    not_known: bool = False


class NoAnswer(errors.Unavailable):
    """A service that cannot be reached or sends an invalid reply."""

    def __init__(self, service: str) -> None:
        super().__init__(f"{service} is not answering.")
        self.service = service


class Upstream:
    """Calls services at their addresses with short timeouts."""

    def __init__(self, urls: Mapping[str, str], threads: int = 16) -> None:
        self._urls = {name: url.rstrip("/") for name, url in urls.items() if url}
        self._http = requests.Session()
        self._http.trust_env = False  # a proxy of the machine must not see what services send each other
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
        """The decoded answer (None when it is empty); DomainError with the service's words when it refuses.

        `parts` are sent as multipart/form-data: texts as (None, text), files as (name, bytes).
        """
        sent = {"Authorization": f"Bearer {token}", "X-Correlation-ID": context.current().correlation_id}
        try:
            answer = self._http.request(
                method,
                f"{self._address(service)}{path}",
                json=json,
                files=parts,
                params=query,
                headers=sent | dict(headers or {}),
                timeout=(CONNECT_SECONDS, UPLOAD_SECONDS if parts else READ_SECONDS),
                allow_redirects=False,
            )
            body = answer.json() if answer.content else None
        except (requests.RequestException, ValueError) as error:
            raise NoAnswer(service) from error
        if answer.status_code >= 400:
            raise _refusal(service, answer.status_code, body)
        return body

    def in_parallel(self, calls: Mapping[K, Callable[[], T]]) -> dict[K, T | Unavailable]:
        """Make several calls at once; what fails is Unavailable under its key.

        Within a call that is made so itself, they are made one after another: a pool whose threads all wait for its
        threads would wait for ever.
        """
        if getattr(_here, "pooled", False):
            return {key: _answer(str(key), call) for key, call in calls.items()}
        futures = {key: self._pool.submit(copy_context().run, _pooled, call) for key, call in calls.items()}
        return {key: _answer(str(key), future.result) for key, future in futures.items()}

    def _address(self, service: str) -> str:
        if service not in self._urls:
            raise errors.Unavailable(f"The address of {service} is not known here ({service.upper()}_URL).")
        return self._urls[service]


def _pooled(call: Callable[[], T]) -> T:
    _here.pooled = True
    return call()


def _answer(name: str, call: Callable[[], T]) -> T | Unavailable:
    try:
        return call()
    except DomainError as error:
        return Unavailable(error.service or name, error.detail, isinstance(error, NotFound))


def _refusal(service: str, status: int, body: Any) -> DomainError:
    problem = body if isinstance(body, dict) else {}
    detail = str(problem.get("detail") or f"{service} answered with {status}.")
    kind = next((kind for kind in _REFUSALS if kind.status == status), None)
    refusal = (kind or errors.Unavailable)(
        detail, problem.get("errors") if isinstance(problem.get("errors"), dict) else None
    )
    refusal.service = service
    return refusal
