"""Whether a person may be written to about homes, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.web.answers import Row
from services.gateway.web.words import gettext as _


def may_write(person: Mapping[str, Any]) -> Row:
    """How this person may be reached about homes, in words, and why."""
    said = {(word["purpose"], word["channel"]): word["state"] for word in person.get("consents") or ()}
    mail, service = said.get(("alerts", "email")), said.get(("service", "email"))
    phone = bool(person.get("phone")) and said.get(("service", "phone")) != "withdrawn"
    agreed = "granted" in (mail, service)
    if agreed and person.get("email"):
        text = _("Mail and phone") if phone else _("Mail")
        why = _("Agreed to alerts by mail") if mail == "granted" else _("Agreed to mail about what is under way")
        return {"state": "mail", "text": text, "why": why}
    why = _("Took the agreement to alerts back") if mail == "withdrawn" else _("Never asked for alerts by mail")
    if agreed:
        why = _("There is no e-mail address")
    if phone:
        return {"state": "phone", "text": _("Phone only"), "why": why}
    return {"state": "stop", "text": _("Do not contact"), "why": why}
