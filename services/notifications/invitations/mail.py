"""The mail that invites a person to join an agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from services.notifications.channels.email.colour import known_colour, readable_on
from services.notifications.channels.email.content import Agency, Recipient
from services.notifications.channels.email.envelope import language_tag, new_head
from services.notifications.channels.email.plain import one_line
from services.notifications.channels.email.render import environment_in, to_html
from services.notifications.channels.email.wording import CATALOGS
from shared.vocabulary.i18n import translations


@dataclass(frozen=True)
class InvitationMail:
    """The content of the mail."""

    recipient: Recipient
    agency: Agency
    link: str
    date: datetime
    message_id: str


def render_invitation(mail: InvitationMail) -> EmailMessage:
    """The finished mail, in the reader's language and under the agency's name."""
    reader, agency = mail.recipient, mail.agency
    name, colour = one_line(agency.name, 120), known_colour(agency.colour)
    subject = translations(CATALOGS, reader.language).gettext("Your access to %(agency)s") % {"agency": name}
    shown = {
        "subject": subject,
        "agency_name": name,
        "full_name": one_line(reader.full_name, 120),
        "colour": colour,
        "on_colour": readable_on(colour),
        "language_tag": language_tag(reader.language),
        "link": mail.link,
    }
    message = new_head(agency, reader, one_line(subject, 180), mail.date, mail.message_id)
    environment = environment_in(reader.language)
    text = environment.get_template("invitation.txt.j2").render(shown)
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    html = to_html(environment.get_template("invitation.mjml.j2").render(shown))
    message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = language_tag(reader.language)
    return message
