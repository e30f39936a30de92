"""The MongoDB collections of properties."""

from services.properties.store import imports, listings
from services.properties.store.imports import FileStore, ImportStore
from services.properties.store.listings import AgencyStore, ListingStore

INDEXES = {**listings.INDEXES, **imports.INDEXES}

__all__ = ["INDEXES", "AgencyStore", "FileStore", "ImportStore", "ListingStore"]
