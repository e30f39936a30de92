"""Rendering for all mails: templates in a language, MJML to HTML, and safe agents, photographs and links."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.notifications.channels.email.content import Alert, UnmailableError
from services.notifications.channels.email.plain import one_line
from services.notifications.channels.email.wording import CATALOGS, View
from shared.vocabulary.i18n import translations

TEMPLATES = Path(__file__).parent / "templates"


def agent_shown(alert: Alert) -> dict[str, object]:
    """The agent to contact, made safe for a mail."""
    agent = alert.agent
    phone = one_line(agent.phone, 40) if agent else ""
    return {
        "agent_name": one_line(agent.display_name if agent else alert.agency.name, 120),
        "agent_photo": _picture(alert, agent.photo_url) if agent else "",
        "phone": phone,
        "dial": "".join(c for c in phone if c.isascii() and (c.isdigit() or c == "+")),
    }


def photo_shown(alert: Alert, view: View) -> dict[str, str] | None:
    """The home's picture, if it has one that mail programs may load."""
    url = _picture(alert, alert.home.photo.url) if alert.home.photo else ""
    alt = one_line(alert.home.photo.alt) if alert.home.photo else ""
    return {"url": url, "alt": alt or view.title} if url else None


def _picture(alert: Alert, url: str) -> str:
    if not url.strip():
        return ""
    try:
        absolute = urljoin(f"{alert.agency.public_url}/", url.strip())
    except ValueError:
        return ""
    return absolute if _is_web(absolute) else ""


def check_links(alert: Alert) -> None:
    """Raise UnmailableError for a link that mail programs would not open."""
    for name in ("home", "unsubscribe", "preferences"):
        url = getattr(alert.links, name)
        if not _is_web(url) or not url.isascii() or any(c.isspace() or c in "<>\"'" for c in url):
            raise UnmailableError(f"links.{name}: needs an absolute http or https address")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def to_html(mjml: str) -> str:
    """MJML as the HTML that mail programs understand."""
    # WHY noop_loader and no fonts: rendering a mail loads nothing, neither here nor in the reader's program.
    output = mrml.to_html(
        _with_references(mjml),
        mrml.ParserOptions(include_loader=mrml.noop_loader()),
        mrml.RenderOptions(disable_comments=True, fonts={}),
    )
    return output.content


def _with_references(mjml: str) -> str:
    """Escape unprintable and combining characters as references, since mrml escapes them wrongly in attributes."""
    return "".join(letter if _stays_as_it_is(letter) else f"&#{ord(letter)};" for letter in mjml)


def _stays_as_it_is(letter: str) -> bool:
    return letter.isascii() or (letter.isprintable() and not unicodedata.category(letter).startswith("M"))


@lru_cache(maxsize=8)
def environment_in(language: str) -> Environment:
    """Templates of mails in a language."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: bool(name) and ".mjml" in str(name),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(translations(CATALOGS, language), newstyle=True)  # type: ignore[attr-defined]
    return environment
