"""The options of a field that finds people, wishes and homes."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from services.gateway.components.listing_photo.present import photo
from services.gateway.components.wish_summary.present import wish_line
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import SavedSearch
from services.gateway.upstream.properties import Listing
from services.gateway.web.assets.faces import face, initials
from services.gateway.web.formats import phone
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import home_figures, home_name


@dataclass(frozen=True)
class PickerOption:
    """One option: the value that the form keeps, its text, a hint, and what is drawn before it."""

    value: str
    text: str
    hint: str
    mark: Markup


def person_option(contact: Contact) -> PickerOption:
    """A person with the telephone number."""
    return PickerOption(contact["id"], contact["full_name"], phone(contact["phone"]), _face(contact))


def wishes_option(contact: Contact, search: SavedSearch) -> PickerOption:
    """One of a person's saved searches."""
    return PickerOption(search["id"], contact["full_name"], search["name"] or wish_line(search), _face(contact))


def home_option(listing: Listing) -> PickerOption:
    """A home with its reference and figures."""
    text = ", ".join(filter(None, (home_name(listing), listing["listing_id"]))) or _("Home")
    picture = Markup('<img class="photo" src="{}" alt="" width="40" height="28">').format(photo(listing).url)
    return PickerOption(listing["id"], text, home_figures(listing), picture)


def _face(contact: Contact) -> Markup:
    name = contact["full_name"]
    return Markup('<span class="face face-s {}" aria-hidden="true">{}</span>').format(face(name), initials(name))
