"""Calls to properties: listings with their history, and imports from files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NotRequired, TypedDict

from services.gateway.upstream.client import ServiceClient
from services.gateway.upstream.field_fault import FieldFault
from services.gateway.upstream.price_checks import PriceCheck

Number = int | float


class Photo(TypedDict):
    """A photograph by its address."""

    url: str
    alt: NotRequired[str | None]


class ListingFacts(TypedDict, total=False):
    """Facts of a home as they are sent; None is "not stated"."""

    listing_id: str | None
    property_sub_type: str | None
    bedrooms_total: int | None
    bathrooms_total: Number | None
    living_area: Number | None
    lot_size_area: Number | None
    year_built: int | None
    on_market_date: str | None
    features: list[str]
    features_absent: list[str]
    latitude: Number | None
    longitude: Number | None
    street_name: str | None
    city: str | None
    state_or_province: str | None
    postal_code: str | None
    country: str | None
    public_remarks: dict[str, str]
    private_remarks: str | None
    owner_contact_ids: list[str]
    agent_member_id: str | None
    photos: list[Photo]


class NewListingFacts(ListingFacts, total=False):
    """Facts of a new listing; price and status are set once here, then changed by calls of their own."""

    transaction: str
    standard_status: str
    list_price: Number | None
    currency: str | None


class PublicListing(TypedDict):
    """A listing as everybody may see it; prices in major units, areas in square metres."""

    id: str
    listing_id: str | None
    transaction: str
    standard_status: str
    property_sub_type: str | None
    list_price: Number | None
    currency: str | None
    bedrooms_total: int | None
    bathrooms_total: Number | None
    living_area: Number | None
    lot_size_area: Number | None
    year_built: int | None
    on_market_date: str | None
    features: list[str]
    features_absent: list[str]
    latitude: Number | None
    longitude: Number | None
    street_name: str | None
    city: str | None
    state_or_province: str | None
    postal_code: str | None
    country: str | None
    public_remarks: dict[str, str]
    agent_member_id: str | None
    photos: list[Photo]
    next_statuses: list[str]
    version: int
    created_at: str
    changed_at: str
    activated_at: str | None


class Listing(PublicListing):
    """A listing as the agency sees it."""

    private_remarks: str | None
    owner_contact_ids: list[str]


class ListingPage(TypedDict):
    """Some listings, newest first or by price."""

    items: list[Listing]
    next_cursor: str | None


class ListingCounts(TypedDict):
    """How many listings each status, transaction and kind would leave, with all other filters in force."""

    total: int
    by_status: dict[str, int]
    by_transaction: dict[str, int]
    by_property_sub_type: dict[str, int]


class HistoryEntry(TypedDict):
    """One change of a price, a currency or a status."""

    field: str
    previous: Number | str | None
    new: Number | str | None
    currency: str | None
    reason: str
    by: str
    at: str


class FileColumn(TypedDict):
    """A column of an uploaded file, some of its values, and the field that it seems to hold."""

    name: str
    samples: list[str]
    field: str | None


class UploadedFile(TypedDict):
    """A file that waits for its mapping; `mapping` is a shipped one that reads it."""

    id: str
    file_name: str
    encoding: str
    delimiter: str
    decimal: str
    columns: list[FileColumn]
    mapping: str | None
    created_at: str


class ImportMapping(TypedDict):
    """A mapping that comes with Lintel, and the columns that it reads."""

    name: str
    columns: list[str]


class ImportCounts(TypedDict):
    """How many rows had each verdict so far."""

    created: int
    updated: int
    unchanged: int
    refused: int


class ImportJob(TypedDict):
    """An import and how far it is; `file_id` is set while the file could be imported again."""

    id: str
    file_name: str
    mapping_name: str
    dry_run: bool
    state: str
    rows_total: int
    rows_done: int
    counts: ImportCounts
    created_at: str
    file_id: NotRequired[str | None]
    failure: NotRequired[FieldFault]
    finished_at: NotRequired[str]


class ImportPage(TypedDict):
    """Some imports, newest first."""

    items: list[ImportJob]
    next_cursor: str | None


class ImportRow(TypedDict):
    """The verdict on one row of a file; the header is row 1."""

    row: int
    verdict: str
    reference: NotRequired[str | None]
    listing_id: NotRequired[str | None]
    errors: NotRequired[dict[str, list[FieldFault]]]
    cells: NotRequired[dict[str, str]]


class ImportRowPage(TypedDict):
    """Some rows in the order of the file."""

    items: list[ImportRow]
    next_cursor: str | None


class ListingFilter(TypedDict, total=False):
    """What limits a list of listings, and its counts; prices in major units."""

    standard_status: str | None
    transaction: str | None
    property_sub_type: str | None
    city: str | None
    listing_id: str | None
    list_price_min: int | str | None
    list_price_max: int | str | None
    bedrooms_min: int | str | None
    living_area_min: int | str | None
    q: str | None


@dataclass(frozen=True)
class PropertiesClient(ServiceClient):
    """The listings of the agency."""

    SERVICE: ClassVar[str] = "properties"

    def listings(
        self, filters: ListingFilter | None = None, *, sort: str = "", limit: int = 50, cursor: str | None = None
    ) -> ListingPage:
        """Listings that meet the filters; `sort` is newest, price or -price."""
        page: ListingPage = self._get("listings", sort=sort, limit=limit, cursor=cursor, **(filters or {}))
        return page

    def listing_counts(self, filters: ListingFilter | None = None) -> ListingCounts:
        """How many listings there are beside each choice of the filters."""
        counts: ListingCounts = self._get("listings", "counts", **(filters or {}))
        return counts

    def listing(self, listing_id: str) -> Listing:
        """One listing; NotFound when there is none."""
        listing: Listing = self._get("listings", listing_id)
        return listing

    def public_listing(self, listing_id: str) -> PublicListing:
        """One listing as everybody may see it; NotFound when it is not on the market."""
        listing: PublicListing = self._get("listings", listing_id, "public")
        return listing

    def create_listing(self, facts: NewListingFacts, *, idempotency_key: str = "") -> Listing:
        """Add a listing; Invalid names the fields that are wrong."""
        listing: Listing = self._post("listings", body=facts, idempotency_key=idempotency_key)
        return listing

    def change_listing(self, listing_id: str, facts: ListingFacts, *, version: int | str) -> Listing:
        """Correct facts; PreconditionFailed when somebody was faster."""
        listing: Listing = self._patch("listings", listing_id, body=facts, version=version)
        return listing

    def check_price(
        self, list_price: Number | None, *, listing_id: str | None = None, standard_status: str = "active"
    ) -> PriceCheck:
        """What speaks against a price, of a listing or of a home that is being entered with this status."""
        body = {"listing_id": listing_id, "standard_status": standard_status, "list_price": list_price}
        check: PriceCheck = self._post("price-checks", body=body)
        return check

    def change_price(
        self,
        listing_id: str,
        list_price: Number | None,
        *,
        currency: str | None = None,
        reason: str = "",
        idempotency_key: str = "",
    ) -> Listing:
        """Set another asking price, in major units."""
        body = {"list_price": list_price, "currency": currency, "reason": reason}
        listing: Listing = self._post(
            "listings", listing_id, "price-changes", body=body, idempotency_key=idempotency_key
        )
        return listing

    def change_status(
        self, listing_id: str, standard_status: str, *, reason: str = "", idempotency_key: str = ""
    ) -> Listing:
        """Move the listing to another status."""
        path = ("listings", listing_id, "status-changes")
        body = {"standard_status": standard_status, "reason": reason}
        listing: Listing = self._post(*path, body=body, idempotency_key=idempotency_key)
        return listing

    def listing_history(self, listing_id: str) -> list[HistoryEntry]:
        """Every price and status that the listing had, oldest first."""
        history: list[HistoryEntry] = self._get("listings", listing_id, "history")["items"]
        return history

    def imports(self, *, limit: int = 50, cursor: str | None = None) -> ImportPage:
        """Imports, newest first."""
        page: ImportPage = self._get("imports", limit=limit, cursor=cursor)
        return page

    def import_job(self, import_id: str) -> ImportJob:
        """One import."""
        job: ImportJob = self._get("imports", import_id)
        return job

    def import_rows(
        self, import_id: str, *, verdict: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> ImportRowPage:
        """Verdicts of rows in the order of the file."""
        page: ImportRowPage = self._get("imports", import_id, "rows", verdict=verdict, limit=limit, cursor=cursor)
        return page

    def import_mappings(self) -> list[ImportMapping]:
        """The mappings that come with Lintel."""
        mappings: list[ImportMapping] = self._get("imports", "mappings")["items"]
        return mappings

    def upload_file(self, file_name: str, content: bytes) -> UploadedFile:
        """Hand a file over to be looked at before it is imported."""
        uploaded: UploadedFile = self._upload("imports", "files", parts={"file": (file_name, content)})
        return uploaded

    def uploaded_file(self, file_id: str) -> UploadedFile:
        """A file that was uploaded within the last day."""
        uploaded: UploadedFile = self._get("imports", "files", file_id)
        return uploaded

    def start_import(
        self, file_id: str, *, mapping: str | bytes, dry_run: bool = False, idempotency_key: str = ""
    ) -> ImportJob:
        """Import an uploaded file; `mapping` is the name of a shipped one, or one in TOML as bytes."""
        own = isinstance(mapping, bytes)
        parts: dict[str, object] = {
            "file_id": (None, file_id),
            "dry_run": (None, "true" if dry_run else "false"),
            "mapping": ("mapping.toml" if own else None, mapping),
        }
        job: ImportJob = self._upload("imports", parts=parts, idempotency_key=idempotency_key)
        return job

    def import_after_dry_run(self, import_id: str, *, idempotency_key: str = "") -> ImportJob:
        """Import what a dry run tried."""
        job: ImportJob = self._post("imports", import_id, "runs", idempotency_key=idempotency_key)
        return job
