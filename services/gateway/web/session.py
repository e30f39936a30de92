"""The session behind the cookie, and the roles that may open a page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from flask import g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from services.gateway.accounts.handlers import sign_ins
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.model.session import Prospect
from services.gateway.accounts.origin import Origin
from services.gateway.web.blueprint import is_partial, sentence_for
from services.gateway.web.deps import deps
from services.gateway.web.language import choose_look
from services.gateway.web.sign_in_pages import MEMBERS, PROSPECTS, sign_in_page
from shared.errors import Forbidden
from shared.http.web import service_settings
from shared.running.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])


def session_policy(*roles: str, touch: bool = True) -> Callable[[View], View]:
    """Open a page to signed-in people of these roles; `touch=False` does not count as use of the session."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            found = sign_ins.signed_in(deps(), request.cookies.get(cookie_name(), ""), touch)
            if found is None:
                return _to_sign_in(roles)
            g.member = found
            choose_look(found.language, found.theme)
            if found.role not in roles:
                return _elsewhere(found, roles)
            return view(*args, **kwargs)

        guarded.policy = None  # type: ignore[attr-defined]
        guarded.session_roles = frozenset(roles)  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def member() -> Member:
    """The member who is signed in, inside a page for members."""
    return cast(Member, g.member)


def prospect() -> Prospect:
    """The prospect who is signed in, inside a page for prospects."""
    return cast(Prospect, g.member)


def origin() -> Origin:
    """Where the request comes from."""
    return Origin(request.remote_addr or "", request.headers.get("User-Agent", "")[:300])


def cookie_name() -> str:
    """The session's cookie; by TLS it is bound to this very host."""
    return "__Host-lintel" if is_secure(service_settings()) else "lintel"


def set_cookie(answer: Response, secret: str, kept: timedelta | None = None) -> None:
    """Set the session's cookie; it ends with the session, and with the browser unless it is `kept`."""
    secure = is_secure(service_settings())
    answer.set_cookie(cookie_name(), secret, kept, path="/", secure=secure, httponly=True, samesite="Lax")


def drop_cookie(answer: Response) -> None:
    """Remove the session's cookie."""
    secure = is_secure(service_settings())
    answer.delete_cookie(cookie_name(), path="/", secure=secure, httponly=True, samesite="Lax")


def local_path(wanted: str) -> str:
    """A path of our own to go on to; anything that leads elsewhere becomes the first page."""
    parts = urlsplit(wanted)
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return wanted if own and wanted.isprintable() else "/"


def _elsewhere(found: Member | Prospect, roles: Collection[str]) -> Any:
    """A page for others: prospects and members each have a first page of their own."""
    first = {"/": "/me", "/me": "/"}.get(request.path)
    if first and request.method == "GET" and (found.role == "prospect") != ("prospect" in roles):
        return redirect(first, 303)
    raise Forbidden(sentence_for(403))


def _to_sign_in(roles: Collection[str]) -> Any:
    """The sign-in page; over an open page a dialog, so that nothing typed there is lost."""
    is_portal = "prospect" in roles and request.path.startswith("/me")
    page = sign_in_page(PROSPECTS if is_portal else MEMBERS)
    if is_partial():
        answer = make_response(render_template(page.dialog), 401)
        answer.headers["HX-Retarget"] = "#over"
        answer.headers["HX-Reswap"] = "innerHTML"
        return answer
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    if not page.returns or wanted == "/":
        return redirect(page.path, 303)
    return redirect(f"{page.path}?{urlencode({'next': wanted}, safe='/?')}", 303)


def is_secure(settings: Settings) -> bool:
    """Whether browsers use TLS, so that cookies may require it."""
    return settings.public_url.startswith("https://")
