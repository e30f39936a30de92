"""The base of every service's client: calls with one person's token, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

from services.gateway.upstream.http import Upstream


@dataclass(frozen=True)
class Caller:
    """Who calls: the transport, that person's token, and the language in which sentences are to come."""

    upstream: Upstream
    token: str
    language: str

    def call(
        self,
        service: str,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        parts: Mapping[str, object] | None = None,
    ) -> Any:  # a decoded JSON value; each client's method says which TypedDict it is
        """The decoded answer; DomainError when the service refuses or gives no answer."""
        sent = {"Accept-Language": self.language, **(headers or {})}
        return self.upstream.call(service, method, path, self.token, body, query, sent, parts)


@dataclass(frozen=True)
class ServiceClient:
    """One service under its name; path segments are quoted here, None and "" in a query are left out."""

    caller: Caller
    SERVICE: ClassVar[str] = ""

    @property
    def service(self) -> str:
        """The name of the service that is called."""
        return self.SERVICE

    # Any: a decoded JSON value, which the public method that calls this declares as its TypedDict
    def _get(self, *path: str, **query: object) -> Any:
        asked = {name: value for name, value in query.items() if value not in (None, "")}
        return self.caller.call(self.service, "GET", _path(path), query=asked)

    def _post(self, *path: str, body: object = None, idempotency_key: str = "") -> Any:
        headers = _idempotency(idempotency_key)
        return self.caller.call(self.service, "POST", _path(path), body=body, headers=headers)

    def _upload(self, *path: str, parts: Mapping[str, object], idempotency_key: str = "") -> Any:
        headers = _idempotency(idempotency_key)
        return self.caller.call(self.service, "POST", _path(path), parts=parts, headers=headers)

    def _patch(self, *path: str, body: object, version: int | str) -> Any:
        headers = {"If-Match": f'"{version}"'}
        return self.caller.call(self.service, "PATCH", _path(path), body=body, headers=headers)

    def _put(self, *path: str, body: object) -> Any:
        return self.caller.call(self.service, "PUT", _path(path), body=body)

    def _delete(self, *path: str) -> None:
        self.caller.call(self.service, "DELETE", _path(path))


def _path(segments: tuple[str, ...]) -> str:
    return "/v1/" + "/".join(quote(segment, safe="") for segment in segments)


def _idempotency(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key} if key else {}
