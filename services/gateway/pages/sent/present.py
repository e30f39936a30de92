"""The list of mails: to whom, about which home, and how each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from services.gateway.components.people.path import contact_path
from services.gateway.pages.sent.read import SentAnswer
from services.gateway.upstream.notifications import Delivery
from services.gateway.web.language import gettext as _
from services.gateway.web.tabs import Tab
from services.gateway.web.vocabulary import home_name, options
from shared.vocabulary.deliveries import DELIVERY_STATES

SHOWN_STATES = ("sent", "queued", "held", "failed", "unknown", "skipped")
RESENDABLE = ("failed", "unknown")


@dataclass(frozen=True)
class SentRow:
    """One mail; `person` and `home` are empty where they are not known any more, `writer` where nobody wrote it."""

    delivery: Delivery
    person: str
    home: str
    writer: str

    @property
    def contact_path(self) -> str:
        """The page of the person."""
        return contact_path(self.delivery["contact_id"])

    @property
    def listing_path(self) -> str:
        """The page of the home."""
        return f"/listings/{quote(self.delivery['listing_id'], safe='')}"

    @property
    def other_homes(self) -> int:
        """How many more homes a letter is about."""
        return max(len(self.delivery.get("listing_ids") or ()) - 1, 0)

    @property
    def is_letter(self) -> bool:
        """Whether a member wrote it."""
        return self.delivery.get("kind") == "letter"

    @property
    def at(self) -> str | None:
        """When it was sent, or else made."""
        return self.delivery.get("sent_at") or self.delivery.get("created_at")

    @property
    def resend_path(self) -> str:
        """Where to send it again; empty where it may not be."""
        path = f"/sent/{quote(self.delivery['id'], safe='')}/resend"
        return path if self.delivery["state"] in RESENDABLE else ""

    @property
    def cancel_path(self) -> str:
        """Where to cancel it; empty once it has left."""
        path = f"/letters/{quote(self.delivery['id'], safe='')}/cancellation"
        return path if self.delivery.get("leaves_at") else ""


@dataclass(frozen=True)
class SentTable:
    """One page of mails in one state, the states to choose from, and what follows."""

    state: str
    tabs: Sequence[Tab]
    rows: Sequence[SentRow]
    next_path: str | None


def table(state: str, answer: SentAnswer, colleagues: Mapping[str, str]) -> SentTable:
    """The list of mails."""
    rows = [_row(delivery, answer, colleagues) for delivery in answer.page["items"]]
    cursor = answer.page["next_cursor"]
    next_path = _path(state=state, cursor=cursor) if cursor else None
    return SentTable(state, _tabs(), rows, next_path)


def _row(delivery: Delivery, answer: SentAnswer, colleagues: Mapping[str, str]) -> SentRow:
    person, home = answer.people.get(delivery["contact_id"]), answer.homes.get(delivery["listing_id"])
    name, writer = person["full_name"] if person else "", colleagues.get(delivery.get("by") or "", "")
    return SentRow(delivery, name, home_name(home) if home else "", writer)


def _tabs() -> list[Tab]:
    texts = [("", _("All")), *options(DELIVERY_STATES, SHOWN_STATES)]
    return [Tab(name, text, _path(state=name)) for name, text in texts]


def _path(**query: str) -> str:
    return f"/sent?{urlencode(query)}"
