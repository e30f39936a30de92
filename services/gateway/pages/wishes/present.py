"""For whom the editor stands on a member's pages, and what a member reads after saving."""

from __future__ import annotations

from urllib.parse import quote

from services.gateway.accounts.model.agency import Agency
from services.gateway.components.wish_editor.audience import CURRENCIES, Audience
from services.gateway.components.wish_editor.present import fitting_text
from services.gateway.upstream.leads import Contact
from services.gateway.web.language import gettext as _


def audience(contact_id: str, path: str, agency: Agency | None, person: Contact | None = None) -> Audience:
    """A member at a person's wishes; a preview does without the person."""
    return Audience(
        template="wishes/show.html",
        path=path,
        back_path=person_path(contact_id),
        preview_path="/wishes/preview",
        places_path="/wishes/places",
        home_path="/listings/",
        contact_id=contact_id,
        currency=agency.currency if agency else CURRENCIES[0],
        person_name=person["full_name"] if person else "",
        country=person["country"] if person else None,
    )


def saved_text(alerts: str, fitting: int | None, person_name: str) -> str:
    """How many homes fit the wishes that were saved, and when the person hears of new ones."""
    texts = {
        "instant": _("%(name)s gets new ones at once."),
        "daily": _("%(name)s gets new ones once a day."),
        "weekly": _("%(name)s gets new ones once a week."),
        "off": _("No e-mail is sent for these wishes."),
    }
    following = texts.get(alerts, "") % {"name": person_name}
    return f"{fitting_text(fitting)} {following}".strip()


def person_path(contact_id: str) -> str:
    """The page of a person."""
    return f"/contacts/{quote(contact_id, safe='')}"
