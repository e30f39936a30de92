"""The ways out of mails: stop all alerts, stop those of some wishes, or get them once a day."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.mail_links import links
from services.gateway.components.mail_links.links import LinkReader
from services.gateway.upstream.services import ServiceClients
from services.gateway.web import respond
from services.gateway.web.agency import face_of
from services.gateway.web.blueprint import new_blueprint, problem_page, sentence_for
from services.gateway.web.clients import clients_with
from services.gateway.web.deps import deps
from services.gateway.web.language import use_language
from shared.errors import NotFound
from shared.http.auth import public

blp = new_blueprint("exits", guarded=False)
WORDING = "unsubscribe-1"
# What a link is for, by its scope, and what its button does: stop everything, or change some wishes' alerts.
ACTIONS = {"alerts": "all", "preferences": "", "daily": "daily", "search": "off"}


@blp.get("/u/<token>")
@public
def show(token: str) -> Response:
    """Ask before anything happens: mail scanners open links, people press buttons."""
    return _page(links.exit_reader(token))


@blp.post("/u/<token>")
@public
def leave(token: str) -> Response:
    """Do at once what the link or the button says (RFC 8058: no cookie, no redirect, any body)."""
    reader = links.exit_reader(token)
    chosen = request.form.get("act", "")
    action = (chosen if chosen in ACTIONS.values() else "") or ACTIONS.get(reader.scope) or "all"
    services = clients_with(deps().tokens.of_contact(reader.agency_id, reader.contact_id))
    if action == "all":
        _stop_alerts(services, reader)
    else:
        for saved_search_id in reader.saved_search_ids:
            _change_alerts(services, saved_search_id, action)
    return _page(reader, done=action)


@blp.errorhandler(NotFound)
def _not_there(error: NotFound) -> Response:
    return problem_page(404, "Not found", sentence_for(404))


def _page(reader: LinkReader, done: str = "") -> Response:
    use_language(reader.language)
    asked = ACTIONS.get(reader.scope, "all")
    face = face_of(reader.agency_id)
    name, brand = face["agency_name"], face["brand"]
    return respond.page("public/exits/exit.html", reader=reader, asked=asked, done=done, agency_name=name, brand=brand)


def _stop_alerts(services: ServiceClients, reader: LinkReader) -> None:
    """Withdraw the consent to alerts by e-mail in that person's own name; doing it twice is fine."""
    try:
        services.leads.record_consent(
            reader.contact_id,
            {
                "purpose": "alerts",
                "channel": "email",
                "state": "withdrawn",
                "wording_version": WORDING,
                "source": "unsubscribe link",
            },
        )
    except NotFound:
        return  # erased: nobody writes to this person any more


def _change_alerts(services: ServiceClients, saved_search_id: str, alerts: str) -> None:
    try:
        version = services.matching.saved_search(saved_search_id)["version"]
        services.matching.change_saved_search(saved_search_id, {"alerts": alerts}, version=version)
    except NotFound:
        return  # these wishes were removed: nobody writes about them any more
