"""API clients."""

from __future__ import annotations

from datetime import datetime, timedelta

from pymongo import IndexModel

from services.gateway.accounts.model.api_client import ApiClient
from services.gateway.accounts.store.documents import from_document, from_document_or_none, to_document
from shared.storage.mongo import Store
from shared.storage.paging import Page

INDEXES: dict[str, list[IndexModel]] = {
    "api_clients": [IndexModel([("agency_id", 1), ("_id", -1)])],
}


class ClientStore(Store):
    """One agency's programs."""

    COLLECTION = "api_clients"
    THING = "API client"

    def get(self, client_id: str) -> ApiClient:
        """One client; NotFound when it is missing or another agency's."""
        return from_document(ApiClient, self.document(client_id))

    def by_id(self, client_id: str) -> ApiClient | None:
        """A client that shows its id, of whatever agency."""
        return from_document_or_none(ApiClient, self.rows.find_one({"_id": client_id}))

    def page_of_all(self, limit: int, cursor: str | None) -> Page:
        """A page of this agency's clients, newest first."""
        page = self.page({}, limit, cursor)
        return Page([from_document(ApiClient, d) for d in page.items], page.next_cursor)

    def add(self, client: ApiClient) -> None:
        """Write a new client."""
        self.insert(to_document(client))

    def used(self, client_id: str, at: datetime) -> None:
        """Keep when a client last asked for a token, to the minute."""
        earlier = {"$not": {"$gt": at - timedelta(minutes=1)}}
        self.rows.update_one({"_id": client_id, "last_used_at": earlier}, {"$set": {"last_used_at": at}})

    def revoke(self, client_id: str, at: datetime) -> None:
        """End a client; ending it again changes nothing."""
        self.rows.update_one(self.own(_id=client_id, revoked_at=None), {"$set": {"revoked_at": at}})
