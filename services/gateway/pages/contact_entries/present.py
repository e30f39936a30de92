"""What the dialogs about a contact offer."""

from __future__ import annotations

from services.gateway.components.people.words import consent_words

# purposes and channels that people are asked about, in the order of the form
CONSENTS = (
    *(("alerts", "email"), ("alerts", "sms"), ("service", "email"), ("service", "phone")),
    *(("marketing", "email"), ("marketing", "sms"), ("sharing", "email")),
)


def consent_choices() -> list[tuple[str, str]]:
    """The purposes and channels that the form offers, as "purpose.channel" with their words."""
    return [(f"{one}.{by}", consent_words({"purpose": one, "channel": by})) for one, by in CONSENTS]
