"""Calls to notifications: deliveries, letters, invitations, and whether a person may be written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NotRequired, TypedDict

from services.gateway.upstream.client import ServiceClient
from services.gateway.upstream.matching import AudiencePair

Number = int | float


class Delivery(TypedDict):
    """One mail to one person about one home, or a letter about several; `leaves_at` while it can be cancelled.

    `reason` is a code, `detail` the mail server's own words.
    """

    id: str
    contact_id: str
    listing_id: str
    state: str
    list_price: Number | None
    currency: str | None
    kind: str
    listing_ids: list[str] | None
    by: str | None
    note: str | None
    saved_search_ids: list[str]
    channel: str
    entered_by: str
    frequency: str
    reason: str | None
    detail: str | None
    attempts: int
    created_at: str
    sent_at: str | None
    leaves_at: str | None


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


class UseReachability(TypedDict):
    """How a person may be reached for one use (`mail`, `phone`, `none`), by which consent, or why not by mail."""

    state: str
    basis: str | None
    reason: str | None


class Reachability(TypedDict):
    """How a person may be reached: by alerts, by letters that a member writes, by a call."""

    contact_id: str
    phone: bool
    alerts: UseReachability
    letters: UseReachability


class OfferedPair(TypedDict):
    """A search that a home at a price meets, as matching's audience answers it."""

    contact_id: str
    kind: str
    alerts: str
    saved_search_id: NotRequired[str]
    entered_by: NotRequired[str]
    alert_possible: NotRequired[bool]


class AlertAudience(TypedDict):
    """How many people there are, get a mail at once or in a digest (by frequency), or get none (by reason)."""

    people: int
    mailed: int
    held: dict[str, int]
    reasons: dict[str, int]


class Gate(TypedDict):
    """One condition of an alert: whether it is met, why not, and when an earlier alert was sent."""

    code: str
    open: bool
    reason: str | None
    at: str | None


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
        """How each of these people may be reached; at most 5,000."""
        body = {"contact_ids": list(contact_ids)}
        items: list[Reachability] = self._post("reachability", body=body)["items"]
        return items

    def alert_audience(
        self,
        pairs: Sequence[OfferedPair] | Sequence[AudiencePair],
        *,
        listing_id: str | None,
        list_price: Number | None,
        currency: str | None,
    ) -> AlertAudience:
        """How many people an alert about a home at a price would be mailed to; at most 50,000 pairs."""
        offer = {"listing_id": listing_id, "list_price": list_price, "currency": currency}
        audience: AlertAudience = self._post("alert-audience", body={**offer, "pairs": list(pairs)})
        return audience

    def sendability(
        self,
        *,
        contact_id: str,
        listing_id: str,
        saved_search_id: str,
        list_price: Number | None = None,
        currency: str | None = None,
    ) -> Sendability:
        """Whether an alert of this search about this home at its price may go to this person."""
        pair = {"contact_id": contact_id, "listing_id": listing_id, "saved_search_id": saved_search_id}
        sendability: Sendability = self._get("sendability", **pair, list_price=list_price, currency=currency)
        return sendability

    def invite(self, invitation: Invitation) -> None:
        """Mail the link that lets somebody work at the agency."""
        self._post("invitations", body=invitation)
