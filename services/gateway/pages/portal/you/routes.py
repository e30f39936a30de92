"""What prospects decide: how often we write, in which language, and what they consent to."""

from __future__ import annotations

from flask import Response, request

from services.gateway.accounts.credentials import fingerprint
from services.gateway.pages.portal.you import present, read, wordings
from services.gateway.upstream.leads import ConsentRecord
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.deps import deps
from services.gateway.web.language import NAMES, use_language
from services.gateway.web.language import gettext as _
from services.gateway.web.look.routes import keep_look
from services.gateway.web.session import cookie_name, prospect, session_policy
from shared.codes import NOT_A_CHOICE
from shared.errors import Invalid

blp = new_blueprint("me_you", guarded=True)


@blp.get("/me/you")
@session_policy("prospect")
def show_you() -> Response:
    """Show what the prospect has decided, each with the means to decide otherwise."""
    return respond.page("portal/you/show.html", page=present.you_page(read.you(clients(), prospect().contact_id)))


@blp.post("/me/you/alerts")
@session_policy("prospect")
def change_alerts() -> Response:
    """Change how often we write about new homes for some wishes."""
    wish_id, alerts = request.form.get("wish", ""), request.form.get("alerts", "")
    if alerts not in present.ALERTS:
        raise Invalid("There is no such choice.", {"alerts": [NOT_A_CHOICE(choices=[*present.ALERTS])]})
    matching = clients().matching
    version = matching.saved_search(wish_id)["version"]
    matching.change_saved_search(wish_id, {"alerts": alerts}, version=version)
    return respond.saved(_("Saved."), "/me/you#alerts")


@blp.post("/me/you/language")
@session_policy("prospect")
def change_language() -> Response:
    """Change the language of pages and mails."""
    language = request.form.get("language", "")
    if language not in NAMES:
        raise Invalid("There is no such language.", {"language": [NOT_A_CHOICE(choices=[*NAMES])]})
    leads, contact_id = clients().leads, prospect().contact_id
    version = leads.own_contact(contact_id)["version"]
    leads.change_own_contact(contact_id, {"language": language}, version=version)
    deps().sessions.prefer(fingerprint(request.cookies.get(cookie_name(), "")), language=language)
    use_language(language)
    answer = respond.saved(_("Pages and e-mails are now in this language."), "/me/you#look")
    keep_look(answer, language, None)
    return answer


@blp.post("/me/you/consents")
@session_policy("prospect")
def record_consent() -> Response:
    """Record that the prospect consents to something, or withdraws it; either takes effect at once."""
    purpose, channel = request.form.get("purpose", ""), request.form.get("channel", "")
    state = request.form.get("state", "")
    if state == "granted" and not wordings.is_offered(purpose, channel):
        raise Invalid("This is not offered.", {"purpose": [NOT_A_CHOICE(choices=wordings.offered_purposes())]})
    consent: ConsentRecord = {
        "purpose": purpose,
        "channel": channel,
        "state": state,
        "source": wordings.SOURCE,
        "wording_version": wordings.version_of(purpose, channel),
    }
    clients().leads.record_consent(prospect().contact_id, consent)
    text = _("Consent given.") if state == "granted" else _("Consent withdrawn.")
    return respond.saved(text, "/me/you#consents")
