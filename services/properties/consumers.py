"""The events that properties consumes."""

from __future__ import annotations

from services.properties import handlers
from shared.messaging.inbox import Handler

CONSUMES: dict[str, Handler] = {
    "gateway.agency.changed": handlers.keep_agency,
    "leads.contact.erased": handlers.forget_owner,
}
