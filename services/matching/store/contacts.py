"""What matching knows of people: their language."""

from __future__ import annotations

from collections.abc import Iterable

from services.matching.codes import UNKNOWN_CONTACT
from shared.errors import Invalid
from shared.storage.mongo import Document, Projection


class ContactStore(Projection):
    """The language of each contact; an erased one leaves a tombstone."""

    COLLECTION = "contacts"
    THING = "contact"

    def keep(self, document_id: str, data: Document, sequence: int) -> bool:
        """Keep the newest state, unless the person was erased."""
        if self.is_erased(document_id):
            return False
        return super().keep(document_id, data, sequence)

    def is_erased(self, contact_id: str) -> bool:
        """Whether the person's data were erased."""
        return self.rows.find_one({"_id": contact_id, "erased": True}, {"_id": 1}) is not None

    def erase(self, contact_id: str, sequence: int) -> None:
        """Leave a tombstone, whatever version was known."""
        row = self.own(erased=True, sequence=sequence)
        self.rows.replace_one(self.own(_id=contact_id), row, upsert=True)

    def may_be_ours(self, contact_id: str) -> None:
        """Refuse a person who is known to be erased or another agency's; one that is not known yet may still come."""
        contact = self.rows.find_one({"_id": contact_id}, {"agency_id": 1, "erased": 1})
        if contact and (contact["agency_id"] != self.agency_id or contact.get("erased")):
            raise Invalid(UNKNOWN_CONTACT(), {"contact_id": [UNKNOWN_CONTACT()]})

    def languages(self, ids: Iterable[str]) -> dict[str, str]:
        """The language of each person known."""
        contacts = self.rows.find(self.own(_id={"$in": list(ids)}), {"language": 1})
        return {contact["_id"]: contact.get("language", "en") for contact in contacts}
