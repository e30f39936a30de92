"""Calls to notifications: deliveries, letters, invitations, and whether a person may be written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NotRequired, TypedDict

from services.gateway.upstream.client import ServiceClient

Number = int | float


class Delivery(TypedDict):
    """One mail to one person about one home, or a letter about several; `leaves_at` while it can be cancelled."""

    id: str
    contact_id: str
    listing_id: str
    state: str
    list_price: NotRequired[Number | None]
    currency: NotRequired[str | None]
    kind: NotRequired[str]
    listing_ids: NotRequired[list[str]]
    by: NotRequired[str | None]
    note: NotRequired[str | None]
    saved_search_ids: NotRequired[list[str]]
    channel: NotRequired[str]
    entered_by: NotRequired[str]
    frequency: NotRequired[str]
    reason: NotRequired[str | None]
    attempts: NotRequired[int]
    created_at: NotRequired[str]
    sent_at: NotRequired[str | None]
    leaves_at: NotRequired[str | None]


class DeliveryPage(TypedDict):
    """Some deliveries, newest first."""

    items: list[Delivery]
    next_cursor: str | None


class LetterPhoto(TypedDict):
    """A photograph in a letter."""

    url: str
    alt: NotRequired[str | None]


class LetterListing(TypedDict):
    """What a letter shows of a home."""

    id: str
    listing_id: NotRequired[str | None]
    transaction: NotRequired[str]
    property_sub_type: NotRequired[str | None]
    list_price: NotRequired[Number | None]
    previous_list_price: NotRequired[Number | None]
    currency: NotRequired[str | None]
    bedrooms_total: NotRequired[Number | None]
    bathrooms_total: NotRequired[Number | None]
    living_area: NotRequired[Number | None]
    street_name: NotRequired[str | None]
    place: NotRequired[str | None]
    city: NotRequired[str | None]
    photo: NotRequired[LetterPhoto | None]
    public_remarks: NotRequired[dict[str, str]]


class LetterCard(TypedDict):
    """A home in a letter, with why it fits in the reader's language."""

    listing: LetterListing
    saved_search_id: NotRequired[str | None]
    reasons: NotRequired[list[str]]
    misses: NotRequired[list[str]]
    unknowns: NotRequired[list[str]]


class Letter(TypedDict):
    """What a member writes to one person about homes."""

    contact_id: str
    cards: list[LetterCard]
    note: NotRequired[str]


class Reachability(TypedDict):
    """Whether a person may be written to by hand, and a code for why not."""

    contact_id: str
    writable: bool
    reason: str | None


class Gate(TypedDict):
    """One condition of an alert, met or not."""

    code: str
    open: bool


class Sendability(TypedDict):
    """Whether an alert may be sent, gate by gate."""

    sendable: bool
    gates: list[Gate]


class Invitation(TypedDict):
    """Who is invited to work at the agency; `token` is what the mailed link holds."""

    member_id: str
    address: str
    full_name: str
    language: str
    token: str


@dataclass(frozen=True)
class NotificationsClient(ServiceClient):
    """What was and will be sent to whom."""

    SERVICE: ClassVar[str] = "notifications"

    def deliveries(
        self,
        *,
        contact_id: str | None = None,
        listing_id: str | None = None,
        state: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> DeliveryPage:
        """Deliveries, newest first."""
        filters = {"contact_id": contact_id, "listing_id": listing_id, "state": state}
        page: DeliveryPage = self._get("deliveries", limit=limit, cursor=cursor, **filters)
        return page

    def delivery(self, delivery_id: str) -> Delivery:
        """One delivery."""
        delivery: Delivery = self._get("deliveries", delivery_id)
        return delivery

    def send_letter(self, letter: Letter, *, idempotency_key: str = "") -> Delivery:
        """Write to one person; it leaves after a moment in which it can be cancelled."""
        delivery: Delivery = self._post("deliveries", body=letter, idempotency_key=idempotency_key)
        return delivery

    def cancel(self, delivery_id: str) -> Delivery:
        """Cancel a letter that has not left yet; Conflict when it has."""
        delivery: Delivery = self._post("deliveries", delivery_id, "cancellation")
        return delivery

    def resend(self, delivery_id: str) -> Delivery:
        """Send again what failed, or what nobody knows the fate of."""
        delivery: Delivery = self._post("deliveries", delivery_id, "resend")
        return delivery

    def reachability(self, contact_ids: Sequence[str]) -> list[Reachability]:
        """Who of these people may be written to by hand."""
        items: list[Reachability] = self._get("reachability", contact_id=list(contact_ids))["items"]
        return items

    def sendability(self, *, contact_id: str, listing_id: str, saved_search_id: str) -> Sendability:
        """Whether an alert of this search about this home may go to this person."""
        pair = {"contact_id": contact_id, "listing_id": listing_id, "saved_search_id": saved_search_id}
        sendability: Sendability = self._get("sendability", **pair)
        return sendability

    def invite(self, invitation: Invitation) -> None:
        """Mail the link that lets somebody work at the agency."""
        self._post("invitations", body=invitation)
