"""An alert rendered: words into templates, templates into a mail with a plain and an HTML part that say the same."""

from __future__ import annotations

from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.notifications.channels.email.colour import known_colour, readable_on
from services.notifications.channels.email.content import Alert, UnmailableError
from services.notifications.channels.email.envelope import language_tag, new_message
from services.notifications.channels.email.plain import one_line
from services.notifications.channels.email.wording import CATALOGS, View, Wording
from shared.vocabulary.i18n import translations

TEMPLATES = Path(__file__).parent / "templates"


def render_alert(alert: Alert) -> EmailMessage:
    """The finished mail; raises UnmailableError naming the field when it could never be sent."""
    check_links(alert)
    view = Wording(alert).view()
    shown = _shown(alert, view)
    message = new_message(alert, view.subject)
    environment = environment_in(alert.recipient.language)
    # WHY quoted-printable: long HTML lines pass every server, 8-bit or not.
    text = environment.get_template("alert.txt.j2").render(shown)
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    html = to_html(environment.get_template("alert.mjml.j2").render(shown))
    message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = language_tag(alert.recipient.language)
    return message


def _shown(alert: Alert, view: View) -> dict[str, object]:
    colour = known_colour(alert.agency.colour)
    return {
        "view": view,
        "links": alert.links,
        "colour": colour,
        "on_colour": readable_on(colour),
        "language_tag": language_tag(alert.recipient.language),
        "agency_name": one_line(alert.agency.name, 120),
        "postal_address": one_line(alert.agency.postal_address, 300),
        "reference": one_line(alert.home.listing_id, 80),
        "photo": photo_shown(alert, view),
        **agent_shown(alert),
    }


def agent_shown(alert: Alert) -> dict[str, object]:
    """Whom to ask, made safe for a mail."""
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
    """Raise UnmailableError for a link that no mail program would follow."""
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
    # WHY noop_loader and no fonts: rendering a mail fetches nothing, neither here nor at the reader's.
    output = mrml.to_html(
        mjml, mrml.ParserOptions(include_loader=mrml.noop_loader()), mrml.RenderOptions(disable_comments=True, fonts={})
    )
    return output.content


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
