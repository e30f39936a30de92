"""A person as notifications knows them, and the gates before a mail to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NotRequired, TypedDict

EMAIL: Final = "email"
PHONE: Final = "phone"
Use = Literal["alerts", "letters"]
USES: tuple[Use, ...] = ("alerts", "letters")
# The purposes of which one must be consented to: a letter by hand may rest on either.
PURPOSES: Mapping[Use, tuple[str, ...]] = {"alerts": ("alerts",), "letters": ("alerts", "service")}
GRANTED, WITHDRAWN = "granted", "withdrawn"

# Why a mail may not be sent to a person. Each is the reason of the gate below with its meaning.
CONTACT_UNKNOWN = "contact_unknown"  # language or address has not been reported yet
ERASED = "erased"  # the person was erased
NO_CONSENT = "no_consent"  # no consent was ever given for this use
CONSENT_WITHDRAWN = "consent_withdrawn"  # consent was given and withdrawn; deliveries use no_consent for both
NO_ADDRESS = "no_address"  # there is no e-mail address
SUPPRESSED = "suppressed"  # a mail server refused the address for good
REFUSALS = (CONTACT_UNKNOWN, ERASED, NO_CONSENT, CONSENT_WITHDRAWN, NO_ADDRESS, SUPPRESSED)


class ContactRow(TypedDict, total=False):
    """The data that leads reports of a person without personal data; an erased one has `erased` alone."""

    erased: bool
    language: str
    time_zone: str
    stage: str | None
    agent_member_id: str | None


class AddressRow(TypedDict):
    """One address of a person on one channel."""

    value: str
    verified: NotRequired[bool]


class ReachableRow(TypedDict, total=False):
    """Name and addresses of a person by channel; `address_print` is the HMAC of the e-mail address."""

    full_name: str | None
    addresses: Mapping[str, AddressRow]
    address_print: str


@dataclass(frozen=True)
class Gate:
    """One condition before a mail: its code, whether it is met, the reason when it is not, and since when."""

    code: str
    open: bool
    reason: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class UseReachability:
    """How a person may be reached for one use: by `mail`, else by `phone`, else not at all.

    `basis` is the purpose whose consent permits the mail, `reason` why there is no mail.
    """

    state: Literal["mail", "phone", "none"]
    basis: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Reachability:
    """How a person may be reached for each use, and whether a call is allowed."""

    contact_id: str
    phone: bool
    alerts: UseReachability
    letters: UseReachability


@dataclass(frozen=True)
class Person:
    """The known data of one person's channels; None where nothing was reported.

    `consents` holds the latest state by "purpose:channel": granted or withdrawn.
    """

    contact: ContactRow | None
    reachable: ReachableRow | None
    consents: Mapping[str, str] = field(default_factory=dict)
    suppressed: bool = False

    @property
    def erased(self) -> bool:
        """Whether the person was erased."""
        return bool(self.contact and self.contact.get("erased"))

    @property
    def known(self) -> bool:
        """Whether both parts of the person's data have arrived."""
        return self.contact is not None and self.reachable is not None

    @property
    def address(self) -> str | None:
        """The e-mail address, if any."""
        address = (self.reachable or {}).get("addresses", {}).get(EMAIL)
        return address["value"] if address else None

    @property
    def language(self) -> str:
        """The language of mails to the person; empty while it is not known."""
        return (self.contact or {}).get("language", "")

    def basis(self, use: Use) -> str | None:
        """The purpose whose consent permits mail for this use, if any."""
        return next((p for p in PURPOSES[use] if self.consents.get(f"{p}:{EMAIL}") == GRANTED), None)

    def gates(self, use: Use) -> list[Gate]:
        """Every gate before a mail, in the order in which they are checked."""
        return [
            gate("not_erased", not self.erased, ERASED),
            gate("known", self.known, CONTACT_UNKNOWN),
            gate("consent", self.basis(use) is not None, NO_CONSENT),
            gate("address", self.address is not None, NO_ADDRESS),
            gate("not_suppressed", not self.suppressed, SUPPRESSED),
        ]

    def refusal(self, use: Use) -> str | None:
        """The reason of the first closed gate; None when a mail may go out."""
        return next((each.reason for each in self.gates(use) if not each.open), None)

    def reachability(self, contact_id: str) -> Reachability:
        """How this person may be reached."""
        phone = self._may_be_called()
        return Reachability(
            contact_id, phone, self._reachability("alerts", phone), self._reachability("letters", phone)
        )

    def _reachability(self, use: Use, phone: bool) -> UseReachability:
        reason = self.refusal(use)
        if reason is None:
            return UseReachability("mail", self.basis(use))
        if reason == NO_CONSENT and self._took_back(use):
            reason = CONSENT_WITHDRAWN
        return UseReachability("phone" if phone else "none", reason=reason)

    def _may_be_called(self) -> bool:
        """Whether a call is allowed: it needs a number and no objection, but no consent beforehand."""
        has_number = PHONE in (self.reachable or {}).get("addresses", {})
        return has_number and not self.erased and self.consents.get(f"service:{PHONE}") != WITHDRAWN

    def _took_back(self, use: Use) -> bool:
        return any(self.consents.get(f"{purpose}:{EMAIL}") == WITHDRAWN for purpose in PURPOSES[use])


def gate(code: str, is_open: bool, reason: str, at: datetime | None = None) -> Gate:
    """A gate; an open gate has no reason."""
    return Gate(code, True) if is_open else Gate(code, False, reason, at)
