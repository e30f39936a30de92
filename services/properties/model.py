"""A listing and its rules: allowed changes, and the events of its changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from services.properties.codes import NO_SUCH_TRANSITION, SALE_IS_CLOSED
from shared.codes import NOT_YOURS_TO_SET, FieldError
from shared.vocabulary import imports, listings

# RESO StandardStatus in snake_case, and the statuses allowed after each. Closed sales may fall through, so none is
# final.
TRANSITIONS: Mapping[str, frozenset[str]] = {
    "incomplete": frozenset({"coming_soon", "active", "withdrawn", "canceled"}),
    "coming_soon": frozenset({"active", "hold", "withdrawn", "canceled"}),
    "active": frozenset(
        {"active_under_contract", "pending", "hold", "withdrawn", "canceled", "expired", "closed", "coming_soon"}
    ),
    "active_under_contract": frozenset({"active", "pending", "hold", "withdrawn", "canceled", "expired", "closed"}),
    "pending": frozenset({"active", "active_under_contract", "withdrawn", "canceled", "expired", "closed"}),
    "hold": frozenset({"active", "coming_soon", "withdrawn", "canceled", "expired"}),
    "withdrawn": frozenset({"active", "coming_soon", "canceled"}),
    "expired": frozenset({"active", "canceled"}),
    "canceled": frozenset({"active"}),
    "closed": frozenset({"active"}),
}
STATUSES = listings.LISTING_STATUSES.codes
FIRST_STATUSES = ("active", "coming_soon", "incomplete")
TRANSACTIONS = listings.TRANSACTIONS.codes
VERDICTS = imports.IMPORT_VERDICTS.codes  # of an imported row
KEPT_APART = frozenset({"id", "agency_id", "version", "created_at", "changed_at", "activated_at", "changes"})


# Any: facts by field name from a checked form, each with the type of its field
Facts = Mapping[str, Any]
# Reasons to refuse a typed price, and reasons to warn about one.
PRICE_REFUSALS = (
    PRICE_REQUIRED := "price_required",  # a new home that goes on the market at once has none
    PRICE_NOT_POSITIVE := "price_not_positive",
    SALE_CLOSED := "sale_is_closed",  # the price of a closed sale is history
)
PRICE_WARNINGS = (
    PRICE_UNCHANGED := "price_unchanged",
    PRICE_FAR_OFF := "price_far_off",  # at most half or at least double, as with a digit too few or too many
)
FAR_OFF = 2


@dataclass(frozen=True)
class PriceCheck:
    """The objections to a price, as codes; `change` is its share of the earlier price (-0.05 is 5 % less)."""

    previous: int | None = None
    refusals: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    change: float | None = None


class RuleBroken(Exception):
    """A rule on listings is broken; `field` names the field."""

    def __init__(self, field_name: str, error: FieldError) -> None:
        super().__init__(error)
        self.field = field_name
        self.error = error


@dataclass(frozen=True)
class Change:
    """One line of the ledger: old value, new value, reason."""

    field: str
    # Any: the type of the field
    previous: Any
    new: Any
    reason: str = ""


@dataclass
class Listing:
    """Money in minor units, areas in m2, coordinates WGS 84; None is "not stated"."""

    id: str
    agency_id: str
    transaction: str
    standard_status: str = "active"
    listing_id: str | None = None
    property_sub_type: str | None = None
    list_price: int | None = None
    currency: str | None = None
    bedrooms_total: int | None = None
    bathrooms_total: float | None = None
    living_area: float | None = None
    lot_size_area: float | None = None
    year_built: int | None = None
    on_market_date: str | None = None
    features: list[str] = field(default_factory=list)
    features_absent: list[str] = field(default_factory=list)
    latitude: float | None = None
    longitude: float | None = None
    street_name: str | None = None
    city: str | None = None
    state_or_province: str | None = None
    postal_code: str | None = None
    country: str | None = None
    public_remarks: dict[str, str] = field(default_factory=dict)
    private_remarks: str | None = None
    owner_contact_ids: list[str] = field(default_factory=list)
    agent_member_id: str | None = None
    photos: list[dict[str, Any]] = field(default_factory=list)
    version: int = 0
    created_at: datetime | None = None
    changed_at: datetime | None = None
    activated_at: datetime | None = None
    changes: list[Change] = field(default_factory=list, compare=False)

    def change_facts(self, facts: Facts) -> None:
        """Set facts other than price and status, which have their own ledgers and reasons."""
        for name, value in facts.items():
            if name in KEPT_APART:
                raise RuleBroken(name, NOT_YOURS_TO_SET())
            if getattr(self, name) != value:
                self.changes.append(Change(name, getattr(self, name), value))
                setattr(self, name, value)

    def change_price(self, list_price: int, currency: str | None = None, reason: str = "") -> None:
        """Set another price; the same price again is no change."""
        if (list_price, currency or self.currency) == (self.list_price, self.currency):
            return
        if self.standard_status == "closed":
            raise RuleBroken("list_price", SALE_IS_CLOSED())
        if currency and currency != self.currency:
            self.changes.append(Change("currency", self.currency, currency, reason))
            self.currency = currency
        if list_price != self.list_price:
            self.changes.append(Change("list_price", self.list_price, list_price, reason))
            self.list_price = list_price

    def check_price(self, list_price: int | None, currency: str | None = None) -> PriceCheck:
        """The objections to another price, in minor units; a price in another currency is not compared."""
        refusals = _refusals(list_price, list_price is None)
        if self.standard_status == "closed":
            refusals += (SALE_CLOSED,)
        if self.list_price is None or list_price is None or currency not in (None, self.currency):
            return PriceCheck(self.list_price, refusals)
        if list_price == self.list_price:
            return PriceCheck(self.list_price, refusals, (PRICE_UNCHANGED,), 0.0)
        is_far = list_price * FAR_OFF <= self.list_price or list_price >= self.list_price * FAR_OFF
        change = list_price / self.list_price - 1 if self.list_price else None
        return PriceCheck(self.list_price, refusals, (PRICE_FAR_OFF,) if is_far else (), change)

    def change_status(self, standard_status: str, at: datetime, reason: str = "") -> None:
        """Change to another status, along the allowed transitions only."""
        if standard_status == self.standard_status:
            return
        if standard_status not in TRANSITIONS[self.standard_status]:
            allowed = NO_SUCH_TRANSITION(current=self.standard_status, allowed=self.next_statuses)
            raise RuleBroken("standard_status", allowed)
        self.changes.append(Change("standard_status", self.standard_status, standard_status, reason))
        self.standard_status = standard_status
        if standard_status == "active" and self.activated_at is None:
            self.activated_at = at

    @property
    def next_statuses(self) -> list[str]:
        """The statuses that may follow."""
        return sorted(TRANSITIONS[self.standard_status])

    def forget_owner(self, contact_id: str) -> None:
        """Remove an owner who was erased."""
        self.change_facts({"owner_contact_ids": [c for c in self.owner_contact_ids if c != contact_id]})

    def previous(self, name: str) -> Any:
        """The value before the pending changes; None when it does not change."""
        return next((c.previous for c in self.changes if c.field == name), None)

    def event_type(self) -> str | None:
        """The event type of the pending changes, by the most important one; None when there are none."""
        changed = {c.field for c in self.changes}
        if self.version == 0:
            return "properties.listing.activated" if self.standard_status == "active" else "properties.listing.changed"
        if "standard_status" in changed:
            prepared = self.previous("standard_status") in ("incomplete", "coming_soon")
            first = prepared and self.standard_status == "active"
            return "properties.listing.activated" if first else "properties.listing.status_changed"
        if changed & {"list_price", "currency"}:
            return "properties.listing.price_changed"
        return "properties.listing.changed" if changed else None


def check_first_price(list_price: int | None, standard_status: str) -> PriceCheck:
    """The objections to the price of a home that is being entered."""
    return PriceCheck(refusals=_refusals(list_price, list_price is None and standard_status == "active"))


def _refusals(list_price: int | None, is_missing: bool) -> tuple[str, ...]:
    if is_missing:
        return (PRICE_REQUIRED,)
    return (PRICE_NOT_POSITIVE,) if list_price is not None and list_price <= 0 else ()


LEDGERED = frozenset({"standard_status", "list_price", "currency"})
FACTS = tuple(f.name for f in fields(Listing) if f.name not in KEPT_APART | LEDGERED)
