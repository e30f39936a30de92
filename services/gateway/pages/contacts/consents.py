"""What a person agreed to and took back, written down by whoever heard it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Response

from services.gateway.components.timeline.telling import consent_words
from services.gateway.web.answers import Row
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import session_policy
from services.gateway.web.view import Faults, asking, dialog, done, form, trying
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF

blp = new_blueprint("consents", guarded=True)
ASKED = (
    *(("alerts", "email"), ("alerts", "sms"), ("service", "email"), ("service", "phone")),
    *(("marketing", "email"), ("marketing", "sms"), ("sharing", "email")),
)


@blp.get("/contacts/<contact_id>/consents")
@session_policy(*STAFF)
def ask_consent(contact_id: str) -> Response:
    """The dialog for one word on one purpose and channel."""
    return _dialog(contact_id, {}, Faults())


@blp.post("/contacts/<contact_id>/consents")
@session_policy(*STAFF)
def keep_consent(contact_id: str) -> Any:
    """Write the word down; those before it stay."""
    typed = form("what", "state", "source", "wording_version", "once")
    purpose, _dot, channel = typed["what"].partition(".")
    body: Row = {"purpose": purpose, "channel": channel, "state": typed["state"], "source": typed["source"]}
    body["wording_version"] = (typed["wording_version"] or None) if typed["state"] == "granted" else None
    faults = Faults() if typed["source"] else Faults({"source": _("Say how we know: on the phone, by letter …")})
    if not faults:
        _kept, faults = trying(
            lambda: asking().post("leads", "contacts", contact_id, "consents", body=body, once=typed["once"])
        )
    if faults:
        return _dialog(contact_id, typed, _by_field(faults), 422)
    return done(_("Written down."), f"/contacts/{quote(contact_id, safe='')}")


def _dialog(contact_id: str, typed: Mapping[str, str], faults: Faults, status: int = 200) -> Response:
    person = asking().get("leads", "contacts", contact_id)
    whats = [(f"{one}.{by}", consent_words({"purpose": one, "channel": by})) for one, by in ASKED]
    return dialog("contacts/_consent_dialog.html", status, person=person, typed=typed, faults=faults, whats=whats)


def _by_field(faults: Faults) -> Faults:
    """Purpose and channel are one field here."""
    return Faults({"what" if name in ("purpose", "channel") else name: text for name, text in faults.items()})
