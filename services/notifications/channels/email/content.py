"""The content of one alert before it is put into words; values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Literal
from urllib.parse import urlsplit

EnteredBy = Literal["new", "price", "criteria", "status"]
Kind = Literal["match", "possible", "near"]
NUMBERS = ("list_price", "previous_list_price", "bedrooms_total", "bathrooms_total", "living_area")


class UnmailableError(ValueError):
    """This alert can never be sent as a mail; the message begins with the field that is wrong."""


@dataclass(frozen=True)
class Recipient:
    """The recipient; language is one of ours, time_zone an IANA name."""

    address: str
    full_name: str
    language: str
    time_zone: str = "UTC"


@dataclass(frozen=True)
class Agency:
    """The sender; colour is #RRGGBB, public_url the base of every link."""

    name: str
    from_address: str
    public_url: str
    colour: str = ""
    from_name: str = ""
    reply_to: str = ""
    postal_address: str = ""


@dataclass(frozen=True)
class Agent:
    """The agent to contact."""

    display_name: str
    phone: str = ""
    photo_url: str = ""


@dataclass(frozen=True)
class Photo:
    """A picture of the home; url is absolute or relative to the agency's public_url."""

    url: str
    alt: str = ""


@dataclass(frozen=True)
class Home:
    """The listing's summary; listing_id is the agency's own reference, prices are in major units, living_area in m2."""

    id: str
    currency: str
    list_price: Decimal | None = None
    previous_list_price: Decimal | None = None
    listing_id: str = ""
    transaction: str = "sale"
    property_sub_type: str | None = None
    bedrooms_total: Decimal | None = None
    bathrooms_total: Decimal | None = None
    living_area: Decimal | None = None
    street_name: str | None = None
    place: str | None = None
    city: str | None = None
    photo: Photo | None = None
    public_remarks: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, summary: Mapping[str, Any]) -> Home:
        """The `listing` of a match event; other fields are ignored, null means not stated."""
        stated = {f.name: summary[f.name] for f in fields(cls) if summary.get(f.name) is not None}
        stated |= {name: Decimal(str(stated[name])) for name in NUMBERS if name in stated}
        if "photo" in stated:
            stated["photo"] = Photo(stated["photo"]["url"], stated["photo"].get("alt") or "")
        return cls(**{"currency": "", **stated})


@dataclass(frozen=True)
class Reason:
    """One reason, miss or unknown: a sentence in the contact's language, with its figures."""

    code: str
    text: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def all_of(cls, told: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
        """The `reasons`, `misses` or `unknowns` of a match event."""
        return tuple(cls(one["code"], one["text"], one.get("figures") or {}) for one in told)


@dataclass(frozen=True)
class Links:
    """The links of the mail; unsubscribe takes a one-click POST, daily and search change the alerts of these
    searches only.
    """

    home: str
    unsubscribe: str
    preferences: str
    daily: str = ""
    search: str = ""

    @property
    def favorite(self) -> str:
        """The home's page, asking whether it is a favourite."""
        return f"{self.home}&say=favorite"

    @property
    def discard(self) -> str:
        """The home's page, asking whether it is to be hidden."""
        return f"{self.home}&say=discard"


@dataclass(frozen=True)
class Alert:
    """One mail to one person about one home at one price, whatever the number of searches that it matches."""

    recipient: Recipient
    agency: Agency
    home: Home
    links: Links
    message_id: str
    date: datetime
    entered_by: EnteredBy = "new"
    kind: Kind = "match"
    score: int = 0
    search_names: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    misses: tuple[Reason, ...] = ()
    unknowns: tuple[Reason, ...] = ()
    agent: Agent | None = None


def agency_of(row: Mapping[str, Any], public_url: str) -> Agency:
    """The sender as the agency states it; the default `public_url` is used where it states none."""
    optional = ("colour", "from_name", "reply_to", "postal_address")
    return Agency(
        name=row["name"],
        from_address=row.get("from_address") or "",
        public_url=row.get("public_url") or public_url,
        **{name: row.get(name) or "" for name in optional},
    )


def message_id(delivery_key: str, public_url: str) -> str:
    """The Message-ID of a delivery: always the same, so that mail programs recognise a second copy."""
    host = urlsplit(public_url).hostname or "localhost"
    return f"<{sha256(delivery_key.encode()).hexdigest()[:40]}@{host}>"
