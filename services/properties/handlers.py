"""Use cases of properties: load, decide, save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.properties import codes
from services.properties.model import Facts, Listing, PriceCheck, RuleBroken, check_first_price
from services.properties.store import AgencyStore, FileStore, ImportStore, ListingStore
from shared.contracts.gateway import AgencyChanged
from shared.contracts.leads import ContactErased
from shared.errors import Conflict, Invalid, NotFound
from shared.messaging.event import Event, now
from shared.running.context import new_id


@dataclass(frozen=True)
class Deps:
    """The dependencies of the use cases."""

    listings: ListingStore
    agencies: AgencyStore
    imports: ImportStore
    files: FileStore


def new_listing(deps: Deps, agency_id: str, data: Facts) -> Listing:
    """A listing as it would be; not saved."""
    listing = Listing(id=new_id(), agency_id=agency_id, **data)
    if listing.list_price is not None and listing.currency is None:
        listing.currency = _currency(deps, agency_id)
    if listing.standard_status == "active":
        listing.activated_at = now()
    return listing


def add_listing(deps: Deps, agency_id: str, data: Facts, by: str = "") -> Listing:
    """Add a home, on the market or with another first status."""
    listing = new_listing(deps, agency_id, data)
    deps.listings.of(agency_id).save(listing, by=by)
    return listing


def change_listing(
    deps: Deps, agency_id: str, listing_id: str, facts: Facts, expected_version: int, by: str = ""
) -> Listing:
    """Correct facts; price and status have their own use cases."""
    store = deps.listings.of(agency_id)
    listing = store.get(listing_id)
    with_rules(lambda: listing.change_facts(facts))
    refuse_contradictions(listing)
    store.save(listing, expected_version, by)
    return listing


def on_the_market(deps: Deps, agency_id: str, listing_id: str) -> Listing:
    """A listing that the public may see; NotFound while it is not on the market."""
    listing = deps.listings.of(agency_id).get(listing_id)
    if listing.standard_status != "active":
        raise NotFound("There is no listing with this id.")
    return listing


def change_price(
    deps: Deps, agency_id: str, listing_id: str, list_price: int, currency: str | None, reason: str, by: str = ""
) -> Listing:
    """Set another price; the ledger keeps the old one."""
    store = deps.listings.of(agency_id)
    listing = store.get(listing_id)
    ask(deps, listing, list_price, currency, reason)
    store.save(listing, by=by)
    return listing


def ask(deps: Deps, listing: Listing, list_price: int, currency: str | None, reason: str) -> None:
    """Change the price of a loaded listing; without a currency, its own or the agency's is used."""
    asked_in = currency or listing.currency or _currency(deps, listing.agency_id)
    with_rules(lambda: listing.change_price(list_price, asked_in, reason))


def check_price(
    deps: Deps,
    agency_id: str,
    listing_id: str | None,
    standard_status: str,
    list_price: int | None,
    currency: str | None,
) -> PriceCheck:
    """The objections to a price, of a listing or of a home that is being entered; nothing is changed."""
    if listing_id is None:
        return check_first_price(list_price, standard_status)
    return deps.listings.of(agency_id).get(listing_id).check_price(list_price, currency)


def change_status(
    deps: Deps, agency_id: str, listing_id: str, standard_status: str, reason: str, by: str = ""
) -> Listing:
    """Change the status of a listing: reserve it, sell it, withdraw it, bring it back."""
    store = deps.listings.of(agency_id)
    listing = store.get(listing_id)
    with_rules(lambda: listing.change_status(standard_status, now(), reason))
    store.save(listing, by=by)
    return listing


def keep_agency(deps: Deps, event: Event[AgencyChanged]) -> None:
    """Store an agency's defaults."""
    deps.agencies.of(event.agency_id).keep(event.agency_id, event.raw, event.sequence)


def forget_owner(deps: Deps, event: Event[ContactErased]) -> None:
    """Remove an erased person from the homes they own."""
    store = deps.listings.of(event.agency_id)
    for listing in store.owned_by(event.subject):
        listing.forget_owner(event.subject)
        store.save(listing)


def with_rules(change: Callable[[], None]) -> None:
    """Turn a broken rule into a refusal that names its field."""
    try:
        change()
    except RuleBroken as broken:
        kind = Conflict if broken.field == "standard_status" else Invalid
        raise kind(broken.error, {broken.field: [broken.error]}) from None


def refuse_contradictions(listing: Listing) -> None:
    """Check what no schema of a partial change can: two facts that cannot both be true."""
    if both := sorted(set(listing.features) & set(listing.features_absent)):
        raise Invalid(
            "A feature cannot be both present and absent.", {"features_absent": [codes.IN_BOTH_LISTS(words=both)]}
        )
    if (listing.latitude is None) != (listing.longitude is None):
        missing = "latitude" if listing.latitude is None else "longitude"
        raise Invalid("A point needs both coordinates.", {missing: [codes.OTHER_COORDINATE_MISSING()]})


def _currency(deps: Deps, agency_id: str) -> str:
    currency = deps.agencies.of(agency_id).currency()
    if currency is None:
        raise Invalid("A price needs a currency.", {"currency": [codes.CURRENCY_MISSING()]})
    return currency
