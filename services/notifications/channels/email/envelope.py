"""The headers of a mail: addresses, ids and unsubscribe links, safe against header injection."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.header import Header
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any

from services.notifications.channels.email.content import Agency, Alert, Recipient, UnmailableError
from services.notifications.channels.email.plain import envelope_address, one_line
from shared.vocabulary.i18n import LOCALES

LONGEST_NAME = 70


class MailPolicy(EmailPolicy):
    """SMTP's policy with its own folding: list addresses stay whole, names and subjects stay as given."""

    # WHY: the standard folding encodes long links, so that mail programs do not find them, and puts spaces into
    # long names outside ASCII.
    def fold(self, name: str, value: Any) -> str:
        """The header as text with its line ends."""
        if name.lower().startswith("list-"):
            return f"{name}: {value}\r\n"
        if name.lower() == "subject":
            return f"{name}: {_encoded(str(value), name)}\r\n"
        if hasattr(value, "addresses"):
            return f"{name}: {_listed(value.addresses, name)}\r\n"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as bytes with its line ends."""
        return self.fold(name, value).encode("utf-8")


class Headers(HeaderRegistry):
    """Caches the class of each kind of header, which would otherwise be made for each header: a fifth of a mail's
    time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """The class of headers of this name."""
        return self._made.get(name) or self._made.setdefault(name, super().__getitem__(name))


_LIKE_SMTP = {name: getattr(SMTP, name) for name in ("linesep", "raise_on_defect", "cte_type")}
POLICY = MailPolicy(header_factory=Headers(), **_LIKE_SMTP)


def language_tag(language: str) -> str:
    """The language tag for mail and HTML, such as pt-PT."""
    return LOCALES.get(language, LOCALES["en"]).replace("_", "-")


def new_message(alert: Alert, subject: str) -> EmailMessage:
    """An alert without a body; raises UnmailableError naming the address that is wrong."""
    message = new_head(alert.agency, alert.recipient, subject, alert.date, alert.message_id)
    message["List-Unsubscribe"] = f"<{alert.links.unsubscribe}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def new_head(agency: Agency, recipient: Recipient, subject: str, date: datetime, message_id: str) -> EmailMessage:
    """Any mail of an agency without a body; raises UnmailableError naming the address that is wrong."""
    message = EmailMessage(policy=POLICY)
    message["From"] = _address("agency.from_address", agency.from_address, agency.from_name or agency.name)
    message["To"] = _address("recipient.address", recipient.address, recipient.full_name)
    if agency.reply_to:
        message["Reply-To"] = _address("agency.reply_to", agency.reply_to, agency.from_name or agency.name)
    # WHY the space: a header value that looks encoded would be decoded at once, line breaks included.
    message["Subject"] = subject.replace("=?", "= ?")
    message["Date"] = format_datetime(_utc(date))
    message["Message-ID"] = _identity(message_id)
    # WHY: tells out-of-office responders not to reply (RFC 3834), so that the agent gets replies from people only.
    message["Auto-Submitted"] = "auto-generated"
    return message


def _address(field: str, address: str, name: str) -> Address:
    try:
        local, _, domain = envelope_address(address).rpartition("@")
        return Address(one_line(name, LONGEST_NAME), local, domain)
    except ValueError:
        raise UnmailableError(f"{field}: not an e-mail address") from None


def _identity(message_id: str) -> str:
    if not re.fullmatch(r"<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f\x41-\x7e]+>", message_id):
        raise UnmailableError("message_id: needs the form <unique@host>")
    return message_id


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise UnmailableError("date: needs a time zone")
    return moment.astimezone(UTC)


def _encoded(text: str, header: str) -> str:
    return Header(text, "us-ascii" if _is_plain(text) else "utf-8", header_name=header).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    # WHY "=?": a name that only looks encoded would be decoded by the reader.
    return text.isascii() and "=?" not in text


def _listed(addresses: Iterable[Address], header: str) -> str:
    return ",\r\n ".join(
        str(one) if _is_plain(one.display_name) else f"{_encoded(one.display_name, header)} <{one.addr_spec}>"
        for one in addresses
    )
