"""Signed links in mails, which open pages without sign-in, and the look of those pages."""

from __future__ import annotations

from pathlib import Path

from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, bundles={"portal.css": "mail_links.css"})
