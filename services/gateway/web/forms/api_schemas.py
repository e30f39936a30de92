"""Forms of the administration, checked by the schemas of the JSON API and worded in the page's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from services.gateway.web.language import gettext as _
from shared.errors import Invalid


# Any: the values that the fields of a schema make of what was typed
def load_values(schema: Schema, typed: Mapping[str, object]) -> dict[str, Any]:
    """The values of a form as the schema loads them; Invalid with a sentence for each field that is not right."""
    try:
        values: dict[str, Any] = schema.load(dict(typed))
    except ValidationError as error:
        sentences = _sentences()
        errors = {name: [sentences.get(str(name)) or _("This needs correcting.")] for name in error.messages_dict}
        raise Invalid(_("Something needs correcting."), errors) from None
    return values


def load_texts(schema: Schema, typed: Mapping[str, str], emptied: Collection[str] = ()) -> dict[str, Any]:
    """The same for texts: an empty one is left out, but for those that may be emptied, which become None."""
    return load_values(schema, {name: text or None for name, text in typed.items() if text or name in emptied})


def _sentences() -> dict[str, str]:
    address = _("This is not an e-mail address yet.")
    return {
        "email": address,
        "from_address": address,
        "reply_to": address,
        "display_name": _("Enter a name of at most 200 characters."),
        "name": _("Enter a name of at most 200 characters."),
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
