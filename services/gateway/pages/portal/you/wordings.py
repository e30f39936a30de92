"""What prospects may consent to on their own page, word for word; another text is another version."""

from __future__ import annotations

from services.gateway.web.language import gettext as _

SOURCE = "own page"
_VERSIONS = {
    ("alerts", "email"): "portal-alerts-email-1",
    ("service", "phone"): "portal-service-phone-1",
    ("marketing", "email"): "portal-marketing-email-1",
}


def is_offered(purpose: str, channel: str) -> bool:
    """Whether the page asks for this consent."""
    return (purpose, channel) in _VERSIONS


def offered_purposes() -> list[str]:
    """What the page asks consents for."""
    return [purpose for purpose, _channel in _VERSIONS]


def version_of(purpose: str, channel: str) -> str | None:
    """The version of the text beside a consent; None for those that the page does not ask for."""
    return _VERSIONS.get((purpose, channel))


def wordings() -> dict[str, str]:
    """The texts by version."""
    return {
        "portal-alerts-email-1": _("You may write to me by e-mail about homes that fit my wishes."),
        "portal-service-phone-1": _("You may call me about homes, viewings and what I asked you for."),
        "portal-marketing-email-1": _(
            "You may send me news and offers by e-mail that have nothing to do with my wishes."
        ),
    }
