"""Use cases: a person's opinion of a listing, and the listings that the person has judged so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.matching.deps import Deps
from services.matching.engine.records.facts import Listing
from services.matching.model import Feedback
from services.matching.store.records import as_listing
from shared.errors import Invalid, NotFound
from shared.messaging.event import now

NEWEST = 200


@dataclass(frozen=True)
class JudgedListing:
    """A listing and one person's opinion of it."""

    listing: Listing
    feedback: Feedback

    @property
    def preference(self) -> str:
        """favorite, possibility or discard."""
        return self.feedback.preference or ""

    @property
    def is_discarded(self) -> bool:
        """Whether the person discarded the listing."""
        return self.preference == "discard"


def give_feedback(
    deps: Deps, agency_id: str, contact_id: str, listing_id: str, opinion: Mapping[str, Any], by: str
) -> Feedback:
    """Store a person's opinion of a listing from a validated request; the pair is settled shortly after.

    `by` is the author, as role:id.
    """
    try:
        deps.contacts.of(agency_id).may_be_ours(contact_id)
    except Invalid as refused:
        raise NotFound(refused.detail) from None
    deps.listings.of(agency_id).get(listing_id)
    store = deps.feedback.of(agency_id)
    feedback = store.get(contact_id, listing_id) or Feedback(contact_id, listing_id)
    if feedback.give(opinion, by, now()):
        store.save(feedback)
    return feedback


def feedback_on(deps: Deps, agency_id: str, contact_id: str, listing_id: str) -> Feedback:
    """A person's opinion of a listing; NotFound where there is none."""
    feedback = deps.feedback.of(agency_id).get(contact_id, listing_id)
    if feedback is None:
        raise NotFound("There is no opinion of this home.")
    return feedback


def judged_listings(deps: Deps, agency_id: str, contact_id: str) -> list[JudgedListing]:
    """A person's newest opinions with their listings, oldest first."""
    every = deps.feedback.of(agency_id).newest(contact_id, NEWEST)
    listings = deps.listings.of(agency_id).by_ids(one.listing_id for one in every)
    return [JudgedListing(as_listing(listings[one.listing_id]), one) for one in every if one.listing_id in listings]
