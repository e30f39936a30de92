"""The mail of a letter: the member's text, and a card for each home, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage

from services.notifications.channels.email.colour import known_colour, readable_on
from services.notifications.channels.email.content import Agency, Agent, Alert, Home, Reason, Recipient
from services.notifications.channels.email.envelope import language_tag, new_message
from services.notifications.channels.email.plain import one_line
from services.notifications.channels.email.render import agent_shown, check_links, environment_in, photo_shown, to_html
from services.notifications.channels.email.smtp import Mail
from services.notifications.channels.email.wording import CATALOGS, View, Wording
from services.notifications.delivery.composer import MailComposer, recipient_of
from services.notifications.delivery.context import DeliveryContext
from services.notifications.delivery.documents import CardRow
from services.notifications.delivery.model import Delivery
from shared.vocabulary.i18n import translations

LONGEST_LINE = 1000


@dataclass(frozen=True)
class Letter:
    """One mail about one home or several, each shown like in an alert; `by_hand` when its writer is known."""

    cards: tuple[Alert, ...]
    note: str
    by_hand: bool

    @property
    def recipient(self) -> Recipient:
        """The recipient."""
        return self.cards[0].recipient

    @property
    def agency(self) -> Agency:
        """The sender."""
        return self.cards[0].agency


def compose_letter(composer: MailComposer, delivery: Delivery, context: DeliveryContext) -> Mail:
    """The mail that a member wrote; raises UnmailableError naming the field when it can never be sent."""
    contact = context.person.contact or {}
    agent = composer.agent(delivery.agency_id, delivery.by)
    agent = agent or composer.agent(delivery.agency_id, contact.get("agent_member_id"))
    cards = tuple(_card(composer, delivery, card, context, agent) for card in delivery.cards or ())
    letter = Letter(cards=cards, note=delivery.note or "", by_hand=bool(agent))
    return Mail(render_letter(letter), letter.agency.from_address, letter.recipient.address)


def render_letter(letter: Letter) -> EmailMessage:
    """The finished mail; raises UnmailableError naming the field when it can never be sent."""
    for card in letter.cards:
        check_links(card)
    views = [Wording(card).view() for card in letter.cards]
    language, first = letter.recipient.language, letter.cards[0]
    subject = _subject(letter, views)
    shown = _shown(letter, views, subject)
    message = new_message(first, subject)
    # a person wrote it, so an out-of-office reply is allowed
    del message["Auto-Submitted"]
    environment = environment_in(language)
    text = environment.get_template("letter.txt.j2").render(shown)
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    html = to_html(environment.get_template("letter.mjml.j2").render(shown))
    message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = language_tag(language)
    return message


def _subject(letter: Letter, views: list[View]) -> str:
    catalog = translations(CATALOGS, letter.recipient.language)
    if len(views) == 1:
        told = {"home": views[0].title, "price": views[0].price}
        return one_line(catalog.gettext("A home for you: %(home)s, %(price)s") % told, 180)
    several = {"number": len(views), "home": views[0].title}
    text = catalog.ngettext("%(number)s home for you: %(home)s", "%(number)s homes for you: %(home)s …", len(views))
    return one_line(text % several, 180)


def _shown(letter: Letter, views: list[View], subject: str) -> dict[str, object]:
    first, colour = letter.cards[0], known_colour(letter.agency.colour)
    cards = [
        {"view": view, "links": card.links, "photo": photo_shown(card, view)}
        for card, view in zip(letter.cards, views, strict=True)
    ]
    return {
        "subject": subject,
        "day": views[0].day,
        "full_name": one_line(letter.recipient.full_name, 120),
        "note": [line for text in letter.note.splitlines() if (line := one_line(text, LONGEST_LINE))],
        "cards": cards,
        "links": first.links,
        "colour": colour,
        "on_colour": readable_on(colour),
        "language_tag": language_tag(letter.recipient.language),
        "agency_name": one_line(letter.agency.name, 120),
        "postal_address": one_line(letter.agency.postal_address, 300),
        **agent_shown(first),
    }


def _card(
    composer: MailComposer, delivery: Delivery, card: CardRow, context: DeliveryContext, agent: Agent | None
) -> Alert:
    search_id, person, agency = card.get("saved_search_id"), context.person, context.agency
    return Alert(
        recipient=recipient_of(person),
        agency=composer.agency(agency),
        agent=agent,
        home=Home.of(card["listing"]),
        links=composer.links(delivery, card["listing"]["id"], [search_id] if search_id else [], person, agency),
        message_id=composer.message_id(delivery),
        date=delivery.created_at,
        reasons=_reasons(card["reasons"]),
        misses=_reasons(card["misses"]),
        unknowns=_reasons(card["unknowns"]),
    )


def _reasons(texts: list[str]) -> tuple[Reason, ...]:
    return tuple(Reason("reason", text) for text in texts)
