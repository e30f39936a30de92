"""What prospects may agree to on their own pages, word for word; another text is another version."""

from __future__ import annotations

from services.gateway.web.words import gettext as _

SOURCE = "own page"
OFFERED = (("alerts", "email"), ("service", "phone"), ("marketing", "email"))
_VERSIONS = {
    ("alerts", "email"): "portal-alerts-email-1",
    ("service", "phone"): "portal-service-phone-1",
    ("marketing", "email"): "portal-marketing-email-1",
}


def version_of(purpose: str, channel: str) -> str | None:
    """The version of the text that one sees when agreeing; None for what is agreed to elsewhere."""
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
