"""Agencies; each is its own tenant."""

from __future__ import annotations

from pymongo import IndexModel

from services.gateway.accounts.model.agency import Agency
from services.gateway.accounts.store.documents import (
    from_document,
    from_document_or_none,
    next_version,
    published,
    to_document,
)
from shared.messaging import outbox
from shared.storage.mongo import Store
from shared.storage.paging import Page, next_page

INDEXES: dict[str, list[IndexModel]] = {
    "agencies": [],
}


class AgencyStore(Store):
    """Agencies; each is its own tenant, so it is opened for its own id."""

    COLLECTION = "agencies"
    THING = "agency"

    def get(self, agency_id: str) -> Agency:
        """One agency; NotFound when it is missing or another one."""
        return from_document(Agency, self.document(agency_id))

    def face(self) -> Agency | None:
        """The public profile of this agency; None when there is no such agency."""
        return from_document_or_none(Agency, self.rows.find_one({"_id": self.agency_id}))

    def all_agencies(self, limit: int, cursor: str | None) -> Page:
        """All agencies of the platform, newest first: for its operator."""
        page = next_page(self.rows, {}, limit, cursor, "_id", descending=True)
        return Page([from_document(Agency, d) for d in page.items], page.next_cursor)

    def save(self, agency: Agency) -> None:
        """Write the agency and publish its change."""
        before = next_version(agency)
        if before:
            self.replace(to_document(agency), before)
        else:
            self.insert(to_document(agency))
        data = published(agency)
        outbox.record(self.db, "gateway", "gateway.agency.changed", agency.id, agency.id, agency.version, data)
