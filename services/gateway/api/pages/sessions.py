"""Who is in front of a page: the session behind the cookie, and the roles that a page opens to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.gateway import handlers
from services.gateway.api.pages import words
from services.gateway.api.pages.blueprint import is_partial
from services.gateway.api.pages.shell import is_secure
from services.gateway.model import Member
from shared.errors import Forbidden
from shared.web import deps

View = TypeVar("View", bound=Callable[..., Any])


def session_policy(*roles: str, touch: bool = True) -> Callable[[View], View]:
    """Open a page to signed-in people of these roles; `touch=False` does not count as use of the session."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            found = handlers.signed_in(deps(), request.cookies.get(cookie_name(), ""), touch)
            if found is None:
                return _to_sign_in()
            g.member = found
            words.look(found.language, found.theme)
            if found.role not in roles:
                raise Forbidden(words.told(403))
            return view(*args, **kwargs)

        guarded.policy = None  # type: ignore[attr-defined]
        guarded.session_roles = frozenset(roles)  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def member() -> Member:
    """Who is signed in, inside a page that asked for it."""
    return cast(Member, g.member)


def cookie_name() -> str:
    """The session's cookie; by TLS it is bound to this very host."""
    return "__Host-lintel" if is_secure(current_app.extensions["lintel"]["settings"]) else "lintel"


def set_cookie(answer: Response, secret: str) -> None:
    """Hand the session to the browser; it ends with the browser or with the session here."""
    secure = is_secure(current_app.extensions["lintel"]["settings"])
    answer.set_cookie(cookie_name(), secret, path="/", secure=secure, httponly=True, samesite="Lax")


def drop_cookie(answer: Response) -> None:
    """Take the session from the browser."""
    secure = is_secure(current_app.extensions["lintel"]["settings"])
    answer.delete_cookie(cookie_name(), path="/", secure=secure, httponly=True, samesite="Lax")


def local_path(wanted: str) -> str:
    """A path of our own to go on to; anything that leads elsewhere becomes the first page."""
    parts = urlsplit(wanted)
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return wanted if own and wanted.isprintable() else "/"


def _to_sign_in() -> Any:
    """The door; over an open page a dialog, so that nothing typed there is lost."""
    if is_partial():
        answer = make_response(render_template("_sign_in_dialog.html"), 401)
        answer.headers["HX-Retarget"] = "#over"
        answer.headers["HX-Reswap"] = "innerHTML"
        return answer
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("door.show_sign_in", next=None if wanted == "/" else wanted), 303)
