"""What the pages of an import show."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from services.gateway.web.words import gettext as _


def verdict_tag(verdict: str, dry_run: bool) -> Markup:
    """What became of an imported row, or would."""
    colours = {"created": "pass", "updated": "accent", "unchanged": "", "refused": "fail"}
    sure = {"created": _("New"), "updated": _("Changed"), "unchanged": _("Unchanged"), "refused": _("Refused")}
    would = sure | {"created": _("Would be new"), "updated": _("Would change")}
    return Markup('<span class="tag {}">{}</span>').format(colours[verdict], (would if dry_run else sure)[verdict])


def register(app: Flask) -> None:
    """Give the templates the tags of an import's rows."""
    app.jinja_env.filters.update(verdict_tag=verdict_tag)
