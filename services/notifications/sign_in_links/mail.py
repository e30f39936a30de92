"""The mail with the link to a person's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from babel.dates import format_time, get_timezone

from services.notifications.channels.email.colour import known_colour, readable_on
from services.notifications.channels.email.content import Agency, Recipient
from services.notifications.channels.email.envelope import language_tag, new_head
from services.notifications.channels.email.plain import one_line
from services.notifications.channels.email.render import environment_in, to_html
from services.notifications.channels.email.wording import CATALOGS
from shared.vocabulary.i18n import locale_of, translations


@dataclass(frozen=True)
class SignInMail:
    """The content of the mail."""

    recipient: Recipient
    agency: Agency
    link: str
    until: datetime
    date: datetime
    message_id: str


def render_sign_in(mail: SignInMail) -> EmailMessage:
    """The finished mail, in the reader's language and under the agency's name."""
    reader, agency = mail.recipient, mail.agency
    name, colour = one_line(agency.name, 120), known_colour(agency.colour)
    subject = translations(CATALOGS, reader.language).gettext("Your link to %(agency)s") % {"agency": name}
    shown = {
        "subject": subject,
        "agency_name": name,
        "full_name": one_line(reader.full_name, 120),
        "colour": colour,
        "on_colour": readable_on(colour),
        "language_tag": language_tag(reader.language),
        "link": mail.link,
        "time": _time(mail.until, reader),
        "postal_address": one_line(agency.postal_address, 300),
    }
    message = new_head(agency, reader, one_line(subject, 180), mail.date, mail.message_id)
    environment = environment_in(reader.language)
    text = environment.get_template("sign_in.txt.j2").render(shown)
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    html = to_html(environment.get_template("sign_in.mjml.j2").render(shown))
    message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = language_tag(reader.language)
    return message


def _time(moment: datetime, reader: Recipient) -> str:
    """The time of day in the reader's time zone; UTC for an unknown zone."""
    try:
        zone = get_timezone(reader.time_zone)
    except LookupError:
        zone = get_timezone("UTC")
    return str(format_time(moment.astimezone(zone), "short", locale=locale_of(reader.language)))
