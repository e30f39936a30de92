"""The entries of the rail, as the features of this application declare them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, current_app

from services.gateway.web.feature import Feature, NavigationEntry

SECTIONS = ("work", "administration")


def register(app: Flask, features: Iterable[Feature]) -> None:
    """Keep the features' entries in the order in which the rail shows them."""
    entries = [entry for feature in features for entry in feature.navigation]
    app.extensions["lintel"]["navigation"] = sorted(
        entries, key=lambda each: (SECTIONS.index(each.section), each.order)
    )


def navigation(role: str) -> list[NavigationEntry]:
    """The entries that this role may open, in order."""
    return [entry for entry in current_app.extensions["lintel"]["navigation"] if role in entry.roles]
