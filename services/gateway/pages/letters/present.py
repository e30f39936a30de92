"""What the dialog of a letter shows, and what is said once letters were written or cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from services.gateway.components.people.path import contact_path
from services.gateway.components.reachability.present import Reach, reach_by_contact
from services.gateway.pages.letters.forms import LetterForm
from services.gateway.pages.letters.read import DialogAnswer
from services.gateway.pages.letters.sending import Sent
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.notifications import Delivery
from services.gateway.upstream.properties import Listing
from services.gateway.web.forms.page_form import FormErrors
from services.gateway.web.language import gettext as _
from services.gateway.web.language import ngettext
from services.gateway.web.vocabulary import home_name


@dataclass(frozen=True)
class Recipient:
    """Somebody the letter may go to; `why` is the consent that permits it, or the reason why it may not."""

    id: str
    name: str
    phone: str | None
    language: str
    may_receive: bool
    why: str
    is_ticked: bool
    last_mail_at: str


@dataclass(frozen=True)
class LetterDialog:
    """The dialog: homes, the people it may go to first, and what is wrong."""

    homes: Sequence[Listing]
    recipients: Sequence[Recipient]
    form: LetterForm
    errors: FormErrors

    @property
    def title(self) -> str:
        """What is sent."""
        if len(self.homes) == 1:
            return _("Send %(home)s") % {"home": home_name(self.homes[0])}
        count, name = len(self.homes), self.recipients[0].name
        return ngettext("Send %(n)s home to %(name)s", "Send %(n)s homes to %(name)s", count) % {
            "n": count,
            "name": name,
        }

    @property
    def can_send(self) -> bool:
        """Whether it may go to anybody."""
        return any(each.may_receive for each in self.recipients)

    @property
    def shown(self) -> str:
        """The people of the dialog, for the form to send back."""
        return " ".join(self.form.shown_contact_ids)


def letter_dialog(
    form: LetterForm, answer: DialogAnswer, errors: FormErrors, refused: Mapping[str, str]
) -> LetterDialog:
    """The dialog; `refused` are people whose letter a service refused, with its detail."""
    reach = reach_by_contact((person["id"] for person in answer.people), answer.reachability)
    recipients = [_recipient(person, form, answer, reach[person["id"]]) for person in answer.people]
    recipients.sort(key=lambda each: not each.may_receive)
    named = {each.name: refused[each.id] if each.may_receive else each.why for each in recipients if each.id in refused}
    return LetterDialog(answer.homes, recipients, form, FormErrors({**errors, **named}) or form.warnings())


def _recipient(person: Contact, form: LetterForm, answer: DialogAnswer, reach: Reach) -> Recipient:
    last = answer.last_deliveries.get(person["id"])
    return Recipient(
        id=person["id"],
        name=person["full_name"],
        phone=person["phone"],
        language=person["language"],
        may_receive=reach.by_mail,
        why=reach.letters.why if reach.letters else reach.why,
        is_ticked=person["id"] in form.ticked,
        last_mail_at=_sent_at(last) if last else "",
    )


def _sent_at(delivery: Delivery) -> str:
    return delivery.get("sent_at") or delivery.get("created_at") or ""


def sent(answer: Sent) -> str:
    """What is said once letters were written."""
    made, refused = len(answer.delivery_ids), len(answer.refused)
    text = ngettext("Will be sent to one person.", "Will be sent to %(n)s people.", made) % {"n": made}
    if not refused:
        return text
    others = ngettext("One person cannot be written to.", "%(n)s people cannot be written to.", refused) % {
        "n": refused
    }
    return f"{text} {others}"


def cancelled(count: int, too_late: int) -> str:
    """What is said once letters were cancelled."""
    if too_late:
        return ngettext("One e-mail had already been sent.", "%(n)s e-mails had already been sent.", too_late) % {
            "n": too_late
        }
    return ngettext("E-mail cancelled.", "%(n)s e-mails cancelled.", count) % {"n": count}


def undo_path(delivery_ids: Sequence[str]) -> str:
    """Where these letters are cancelled."""
    return f"/letters/cancellations?{urlencode([('id', id_) for id_ in delivery_ids])}"


def back_path(form: LetterForm) -> str:
    """The page that the letter was written from: of the home that several hear of, else of the person."""
    if len(form.ticked) > 1 or len(form.listing_ids) == 1:
        return f"/listings/{quote(form.listing_ids[0], safe='')}"
    return contact_path(form.ticked[0])
