"""The mail of an alert: composed from stored data, rendered as a plain and an HTML part with the same content."""

from __future__ import annotations

from email.message import EmailMessage
from typing import cast

from services.notifications.channels.email.colour import known_colour, readable_on
from services.notifications.channels.email.content import Alert, EnteredBy, Home, Kind, Reason
from services.notifications.channels.email.envelope import language_tag, new_message
from services.notifications.channels.email.plain import one_line
from services.notifications.channels.email.render import (
    agent_shown,
    check_links,
    environment_in,
    photo_shown,
    to_html,
)
from services.notifications.channels.email.smtp import Mail
from services.notifications.channels.email.wording import View, Wording
from services.notifications.delivery.composer import MailComposer, recipient_of
from services.notifications.delivery.context import DeliveryContext
from services.notifications.delivery.model import Delivery


def compose_alert(composer: MailComposer, delivery: Delivery, context: DeliveryContext) -> Mail:
    """The mail about one home at one price; raises UnmailableError naming the field when it can never be sent."""
    alert = alert_of(composer, delivery, context)
    return Mail(render_alert(alert), alert.agency.from_address, alert.recipient.address)


def alert_of(composer: MailComposer, delivery: Delivery, context: DeliveryContext) -> Alert:
    """The content of the mail, with the reasons of the best match."""
    person, agency = context.person, context.agency
    matches = sorted(delivery.matches.values(), key=lambda match: (-match["score"], match["saved_search_id"]))
    best = matches[0]
    agent_id = (person.contact or {}).get("agent_member_id") or delivery.listing.get("agent_member_id")
    return Alert(
        recipient=recipient_of(person),
        agency=composer.agency(agency),
        agent=composer.agent(delivery.agency_id, agent_id),
        home=Home.of(delivery.listing),
        links=composer.links(delivery, delivery.listing_id, delivery.matches, person, agency),
        message_id=composer.message_id(delivery),
        date=delivery.created_at,
        entered_by=cast(EnteredBy, delivery.entered_by),
        kind=cast(Kind, best["kind"]),
        score=best["score"],
        search_names=tuple(name for match in matches if (name := match.get("search_name"))),
        reasons=Reason.all_of(best.get("reasons", ())),
        misses=Reason.all_of(best.get("misses", ())),
        unknowns=Reason.all_of(best.get("unknowns", ())),
    )


def render_alert(alert: Alert) -> EmailMessage:
    """The finished mail; raises UnmailableError naming the field when it can never be sent."""
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
