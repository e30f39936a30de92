"""The client of Lintel's HTTP APIs for the demo data, with a token like any other program."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter, Retry

SECONDS = 20
PAGE = 200
KNOWN_SECONDS = 30.0
AGAIN = Retry(total=5, backoff_factor=0.2, status_forcelist=(502, 503), allowed_methods=None, raise_on_status=False)


class Refused(Exception):
    """A service refused a call; `errors` names the fields."""

    def __init__(self, answer: requests.Response) -> None:
        self.status = answer.status_code
        told = answer.json() if "json" in answer.headers.get("Content-Type", "") else {}
        self.errors: Mapping[str, Any] = told.get("errors") or {}
        why = told.get("detail") or told.get("error") or answer.reason
        super().__init__(
            f"{answer.request.method} {answer.request.url}: {answer.status_code} {why} {dict(self.errors)}"
        )


class Api:
    """Calls with one client's token; thread-safe."""

    def __init__(self, urls: Mapping[str, str], client_id: str, client_secret: str) -> None:
        self._urls = urls
        self._own = threading.local()
        form = {"grant_type": "client_credentials"}
        answer = requests.post(f"{urls['gateway']}/oauth/token", form, auth=(client_id, client_secret), timeout=SECONDS)
        if not answer.ok:
            raise Refused(answer)
        self._token = answer.json()["access_token"]

    def get(self, service: str, path: str, **query: Any) -> Any:
        """The reply to one GET."""
        return self._call("GET", service, path, params=query).json()

    def every(self, service: str, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """All items of all pages."""
        cursor = None
        while True:
            more: dict[str, Any] = {**query, "cursor": cursor} if cursor else query
            page = self.get(service, path, limit=PAGE, **more)
            yield from page["items"]
            if not (cursor := page["next_cursor"]):
                return

    def post(self, service: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Create something; repeats the request after a lost answer without creating it twice."""
        answer = self._call("POST", service, path, json=body, headers={"Idempotency-Key": str(uuid.uuid4())})
        return answer.json() if answer.content else None

    def post_once_known(self, service: str, path: str, body: Mapping[str, Any], field: str) -> Any:
        """Like post; repeats it until the service knows the thing in `field`, which another service just published."""
        deadline = time.monotonic() + KNOWN_SECONDS
        while True:
            try:
                return self.post(service, path, body)
            except Refused as refused:
                if field not in refused.errors or time.monotonic() > deadline:
                    raise
            time.sleep(0.3)

    def _call(self, method: str, service: str, path: str, headers: Mapping[str, str] | None = None, **more: Any) -> Any:
        told = {"Authorization": f"Bearer {self._token}", **(headers or {})}
        url = f"{self._urls[service]}{path}"
        answer = self._session().request(method, url, headers=told, timeout=SECONDS, **more)
        if not answer.ok:
            raise Refused(answer)
        return answer

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = self._own.session = requests.Session()
            session.mount("http://", HTTPAdapter(max_retries=AGAIN))
        return session
