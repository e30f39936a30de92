"""The audiences of the editor, and its pages."""

from __future__ import annotations

from dataclasses import dataclass

CURRENCIES = ("EUR", "GBP", "SEK", "USD")


@dataclass(frozen=True)
class Audience:
    """A member who writes down somebody's wishes, or the person themselves, for whom the editor `is_simple`.

    `template` is the page, with the blocks `editor` and `fits`; `path` is where the form is sent; `home_path` followed
    by an id leads to a home. `person_name` is empty where people see their own wishes.
    """

    template: str
    path: str
    back_path: str
    preview_path: str
    places_path: str
    home_path: str
    contact_id: str
    currency: str = CURRENCIES[0]
    person_name: str = ""
    country: str | None = None
    is_simple: bool = False
