"""What views are made of: asking the services, showing a page or its part, saying what was done."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Response, flash, make_response, redirect, render_template, request

from services.gateway.upstream.http import Upstream
from services.gateway.web import words
from services.gateway.web.blueprint import is_partial
from services.gateway.web.deps import deps
from services.gateway.web.session import member
from services.gateway.web.wording import sentence_of
from shared.errors import Conflict, DomainError, Invalid, PreconditionFailed

T = TypeVar("T")


class Asking:
    """Calls services in the name of whoever is signed in, in the page's language.

    `asking().get("leads", "contacts", contact_id, "timeline", limit=20)` is
    GET /v1/contacts/<contact_id>/timeline?limit=20; a refusal is raised as a DomainError in the service's words.
    """

    def __init__(self, upstream: Upstream, token: str, language: str) -> None:
        self._upstream, self._token, self._language = upstream, token, language

    def in_language(self, language: str) -> Asking:
        """The same, answered in another language: what one person is to read in theirs."""
        return Asking(self._upstream, self._token, language)

    def get(self, service: str, *parts: str, **query: Any) -> Any:
        """Read something."""
        asked = {name: value for name, value in query.items() if value not in (None, "")}
        return self._call(service, "GET", parts, query=asked)

    def post(self, service: str, *parts: str, body: Any = None, once: str = "") -> Any:
        """Do something; `once` (a hidden field of the form) makes doing it twice the same as once."""
        return self._call(service, "POST", parts, body, headers={"Idempotency-Key": once} if once else {})

    def hand_in(self, service: str, *path: str, parts: Mapping[str, Any], once: str = "") -> Any:
        """Send a form with files: texts as (None, text), files as (name, bytes)."""
        headers = {"Idempotency-Key": once} if once else {}
        return self._call(service, "POST", path, headers=headers, form=parts)

    def patch(self, service: str, *parts: str, body: Any, version: str | int) -> Any:
        """Change something as it was read at this version; PreconditionFailed when somebody was faster."""
        return self._call(service, "PATCH", parts, body, headers={"If-Match": f'"{version}"'})

    def put(self, service: str, *parts: str, body: Any) -> Any:
        """Set something."""
        return self._call(service, "PUT", parts, body)

    def delete(self, service: str, *parts: str) -> Any:
        """Remove something."""
        return self._call(service, "DELETE", parts)

    def together(self, **calls: Callable[[], Any]) -> dict[str, Any]:
        """Make several calls at once; what fails is Away under its name, and the page shows the rest."""
        return self._upstream.in_parallel(calls)

    def _call(
        self,
        service: str,
        method: str,
        parts: tuple[str, ...],
        body: Any = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, Any] | None = None,
    ) -> Any:
        path = "/v1/" + "/".join(quote(part, safe="") for part in parts)
        told = {"Accept-Language": self._language, **(headers or {})}
        return self._upstream.call(service, method, path, self._token, body, query, told, form)


class Faults(dict[str, str]):
    """What is wrong with a form: a sentence by field; under "" what no field is to blame for."""


def asking() -> Asking:
    """The services, in the name of whoever is signed in."""
    return Asking(deps().upstream, deps().tokens.of(member()), words.language())


def colleagues() -> dict[str, str]:
    """What the people of the agency are called, by id."""
    page = deps().members.of(member().agency_id).page_of_all(200, None)
    return {each.id: each.display_name for each in page.items}


def show(template: str, part: str | None = None, /, *, status: int = 200, **told: Any) -> Response:
    """The page, or its part where a part is asked for."""
    chosen = part if part and is_partial() else template
    return make_response(render_template(chosen, part=part, **told), status)


def dialog(part: str, status: int = 200, **told: Any) -> Response:
    """A dialog over the page; opened by itself (no script, a reload) it stands in a page of its own."""
    return show("dialog_alone.html", part, status=status, **told)


def trying(do: Callable[[], T]) -> tuple[T | None, Faults]:
    """Do it; what is wrong with the form comes back as sentences by field."""
    try:
        return do(), Faults()
    except PreconditionFailed:
        return None, Faults(
            {"": words.gettext("Somebody changed this a moment ago. Look at the change, then save again.")}
        )
    except (Invalid, Conflict) as error:
        return None, faults_of(error)


def faults_of(error: DomainError) -> Faults:
    """The sentences of a refusal by field; nested fields are joined by dots."""
    if isinstance(error, PreconditionFailed):
        return Faults({"If-Match": error.detail})
    told = Faults(_flat(error.errors))
    return told or Faults({"": error.detail})


def done(text: str, to: str, *, undo: str | None = None, answer: Response | None = None) -> Response:
    """Say what was done: as a toast over this page with `answer` swapped in, else on the page that follows."""
    if is_partial() and answer is not None:
        return toast(answer, text, undo)
    flash(text)
    if not is_partial():
        return redirect(to, 303)  # type: ignore[return-value]
    moved = make_response("", 200)
    moved.headers["HX-Redirect"] = to
    return moved


def toast(answer: Response, text: str, undo: str | None = None) -> Response:
    """Let the open page show a sentence for a moment; `undo` is a path to POST to."""
    told = {"toast": {"text": text, "undo": undo}, "close-dialog": {}, "changed-any": {}}
    answer.headers["HX-Trigger"] = json.dumps(told)
    return answer


def form(*names: str) -> dict[str, str]:
    """Fields of the form as typed, without spaces around."""
    return {name: request.form.get(name, "").strip() for name in names}


def _flat(errors: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, told in errors.items():
        if isinstance(told, Mapping):
            found |= _flat(told, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = " ".join(map(sentence_of, told))
    return found
