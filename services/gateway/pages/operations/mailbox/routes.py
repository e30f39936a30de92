"""The mail that a local installation caught instead of sending it."""

from __future__ import annotations

from flask import Response, request

from services.gateway.upstream.maildir import Mailbox
from services.gateway.web import respond
from services.gateway.web.blueprint import allow, new_blueprint
from services.gateway.web.deps import deps
from shared.errors import NotFound
from shared.http.auth import public
from shared.http.web import service_settings

blp = new_blueprint("mail", guarded=False)
# the mail is foreign code: no script, no form, no plug-in, an origin of its own
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; sandbox allow-popups"


@blp.get("/mailbox")
@public
def show_mailbox() -> Response:
    """The list, newest first; where another catcher shows its own pages, the way there."""
    if elsewhere := service_settings().mailbox_url:
        return respond.page("operations/mailbox/elsewhere.html", address=elsewhere)
    return respond.page("operations/mailbox/index.html", page=_mailbox().page(request.args.get("after")))


@blp.get("/mailbox/<key>")
@public
def show_mail(key: str) -> Response:
    """One mail, its HTML in a sandboxed frame."""
    mail = _mailbox().message(key)
    if mail is None:
        raise NotFound("There is no such e-mail.")
    return allow(respond.page("operations/mailbox/show.html", mail=mail), frames="'self'")


@blp.get("/mailbox/<key>/html")
@public
def show_html(key: str) -> Response:
    """The HTML of a mail for that frame."""
    html = _mailbox().html_part(key)
    if html is None:
        raise NotFound("There is no such e-mail, or it has no HTML.")
    answer = Response(html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _mailbox() -> Mailbox:
    found: Mailbox | None = deps().mailbox
    if found is None:
        raise NotFound("This installation keeps no e-mails.")
    return found
