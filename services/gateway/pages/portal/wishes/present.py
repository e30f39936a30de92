"""The editor as prospects see it, and what they read after saving."""

from __future__ import annotations

from services.gateway.accounts.model.agency import Agency
from services.gateway.components.wish_editor.audience import CURRENCIES, Audience
from services.gateway.components.wish_editor.present import fitting_text
from services.gateway.web.language import gettext as _

LIST_PATH = "/me/wishes"


def audience(contact_id: str, path: str, agency: Agency | None) -> Audience:
    """A prospect at their own wishes."""
    return Audience(
        template="portal/wishes/show.html",
        path=path,
        back_path=LIST_PATH,
        preview_path=f"{LIST_PATH}/preview",
        places_path=f"{LIST_PATH}/places",
        home_path="/me/homes/",
        contact_id=contact_id,
        currency=agency.currency if agency else CURRENCIES[0],
        is_simple=True,
    )


def saved_text(alerts: str, fitting: int | None) -> str:
    """How many homes fit the wishes that were saved, and when we write about new ones."""
    texts = {
        "instant": _("We write to you about new ones at once."),
        "daily": _("We write to you about new ones once a day."),
        "weekly": _("We write to you about new ones once a week."),
        "off": _("We do not write to you about these wishes."),
    }
    return f"{fitting_text(fitting)} {texts.get(alerts, '')}".strip()
