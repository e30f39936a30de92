"""What forms of the administration say, checked by the schemas of the JSON API and told in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from services.gateway.web.language import gettext as _
from shared.errors import Invalid


def checked(schema: Schema, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as the schema has it; Invalid with a sentence for each field that is not right."""
    try:
        found: dict[str, Any] = schema.load(dict(typed))
    except ValidationError as error:
        sentences = _sentences()
        told = {name: [sentences.get(str(name)) or _("This is not right yet.")] for name in error.messages_dict}
        raise Invalid(_("Something is not right yet."), told) from None
    return found


def _sentences() -> dict[str, str]:
    address = _("This is not an e-mail address yet.")
    return {
        "email": address,
        "from_address": address,
        "reply_to": address,
        "display_name": _("Give a name of at most 200 characters."),
        "name": _("Give a name of at most 200 characters."),
        "role": _("Choose one of the roles."),
        "language": _("Choose one of the languages."),
        "languages": _("Choose at least one language."),
        "time_zone": _("Choose a time zone from the list, like Europe/Lisbon."),
        "currency": _("Three capital letters, like EUR."),
        "colour": _("A colour like #1F5A4E."),
        "public_url": _("An address that begins with http:// or https://."),
        "password": _("Use 12 characters or more (200 at most)."),
        "phone": _("At most 40 characters."),
        "postal_address": _("At most 500 characters."),
    }
