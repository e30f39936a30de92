"""Replies of properties."""

from __future__ import annotations

from typing import Any

from services.gateway.upstream.properties import (
    HistoryEntry,
    ImportJob,
    ImportRow,
    Listing,
    ListingPage,
    PublicListing,
    UploadedFile,
)
from tests.builders.made import AT, made


def a_public_listing(**changes: Any) -> PublicListing:
    """A flat in Cádiz as everybody may see it."""
    return made(PublicListing, changes, **_public_facts())


def a_listing(**changes: Any) -> Listing:
    """A flat in Cádiz for 295,000 euros."""
    return made(Listing, changes, **_public_facts(), private_remarks=None, owner_contact_ids=[])


def a_listing_page(*listings: Listing, next_cursor: str | None = None) -> ListingPage:
    """A page of these listings."""
    return {"items": list(listings), "next_cursor": next_cursor}


def a_history_entry(**changes: Any) -> HistoryEntry:
    """The price fell by five thousand."""
    return made(
        HistoryEntry,
        changes,
        field="list_price",
        previous=300_000,
        new=295_000,
        currency="EUR",
        reason="",
        by="agent:member-1",
        at=AT,
    )


def an_import_job(**changes: Any) -> ImportJob:
    """An import of four rows that is finished."""
    return made(
        ImportJob,
        changes,
        id="import-1",
        file_name="homes.csv",
        mapping_name="page.toml",
        dry_run=False,
        state="finished",
        rows_total=4,
        rows_done=4,
        counts={"created": 2, "updated": 1, "unchanged": 0, "refused": 1},
        created_at=AT,
        finished_at=AT,
    )


def an_import_row(**changes: Any) -> ImportRow:
    """A row that became a new listing."""
    return made(ImportRow, changes, row=2, verdict="created", reference="CA-1", listing_id="listing-1")


def an_uploaded_file(**changes: Any) -> UploadedFile:
    """A file with two columns."""
    return made(
        UploadedFile,
        changes,
        id="file-1",
        file_name="homes.csv",
        encoding="utf-8",
        delimiter=";",
        decimal=",",
        columns=[
            {"name": "ref", "samples": ["CA-1", "CA-2"], "field": "listing_id"},
            {"name": "precio", "samples": ["295000"], "field": "list_price"},
        ],
        mapping=None,
        created_at=AT,
    )


def _public_facts() -> dict[str, Any]:
    return {
        "id": "listing-1",
        "listing_id": "CA-1",
        "transaction": "sale",
        "standard_status": "active",
        "property_sub_type": "apartment",
        "list_price": 295_000,
        "currency": "EUR",
        "bedrooms_total": 3,
        "bathrooms_total": 2,
        "living_area": 92,
        "lot_size_area": None,
        "year_built": 1988,
        "on_market_date": None,
        "features": ["lift"],
        "features_absent": [],
        "latitude": 36.53,
        "longitude": -6.3,
        "street_name": "Calle Sagasta",
        "city": "Cádiz",
        "state_or_province": None,
        "postal_code": "11001",
        "country": "ES",
        "public_remarks": {},
        "agent_member_id": None,
        "photos": [],
        "next_statuses": ["active_under_contract", "hold", "withdrawn"],
        "version": 1,
        "created_at": AT,
        "changed_at": AT,
        "activated_at": AT,
    }
