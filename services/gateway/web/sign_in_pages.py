"""Where people sign in, as the features that let them in declare it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, current_app

from shared.errors import Unauthorized

MEMBERS, PROSPECTS = "members", "prospects"


@dataclass(frozen=True)
class SignInPage:
    """The page and the dialog where one kind of people signs in; `returns` sends them on to the page they wanted."""

    people: str
    path: str
    dialog: str
    returns: bool = True


def register(app: Flask, pages: Iterable[SignInPage]) -> None:
    """Keep the pages by whom they are for."""
    app.extensions["lintel"]["sign_in_pages"] = {page.people: page for page in pages}


def sign_in_page(people: str) -> SignInPage:
    """The page where these people sign in; Unauthorized in a process that shows no such page."""
    pages: dict[str, SignInPage] = current_app.extensions["lintel"]["sign_in_pages"]
    if people not in pages:
        raise Unauthorized("Sign in first.")
    return pages[people]
