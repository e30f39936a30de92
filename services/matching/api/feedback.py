"""What people say of homes: RESO ContactListings."""

from __future__ import annotations

from typing import Any

from services.matching.api.body import Fields
from services.matching.api.deps import deps
from services.matching.api.own import PEOPLE, only_own
from services.matching.feedback.opinions import feedback_on, give_feedback
from services.matching.schemas.feedback import FeedbackIn, FeedbackOut, FeedbackQuery
from shared.http.auth import policy, principal
from shared.http.claims import STAFF
from shared.http.schemas import page_of
from shared.http.web import Blueprint, agency_id, versioned, writes
from shared.storage.paging import Page

opinions = Blueprint("feedback", __name__, url_prefix="/v1", description="Yes and no to homes.")
OPINIONS = page_of(FeedbackOut)


@opinions.route("/contacts/<contact_id>/listings/<listing_id>", methods=["PUT"])
@policy(*PEOPLE)
@writes
@opinions.arguments(FeedbackIn)
@opinions.response(200, FeedbackOut)
def say(data: Fields, contact_id: str, listing_id: str) -> Any:
    """Store a person's opinion of a listing; a preference of null removes the earlier one."""
    only_own(contact_id)
    by = f"{principal().role}:{principal().subject}"
    feedback = give_feedback(deps(), agency_id(), contact_id, listing_id, data, by)
    return versioned(feedback, feedback.version)


@opinions.route("/contacts/<contact_id>/listings/<listing_id>")
@policy(*PEOPLE)
@opinions.response(200, FeedbackOut)
def show_opinion(contact_id: str, listing_id: str) -> Any:
    """Show a person's opinion of a listing."""
    only_own(contact_id)
    feedback = feedback_on(deps(), agency_id(), contact_id, listing_id)
    return versioned(feedback, feedback.version)


@opinions.route("/contacts/<contact_id>/listings")
@policy(*PEOPLE)
@opinions.arguments(FeedbackQuery, location="query")
@opinions.response(200, OPINIONS)
def list_opinions(query: Fields, contact_id: str) -> Page:
    """List a person's opinions of listings, each with its history."""
    only_own(contact_id)
    return deps().feedback.of(agency_id()).page_of(contact_id, **query)


@opinions.route("/listings/<listing_id>/opinions")
@policy(*STAFF)
@opinions.arguments(FeedbackQuery, location="query")
@opinions.response(200, OPINIONS)
def list_opinions_of_home(query: Fields, listing_id: str) -> Page:
    """List people's opinions of one listing, each with its history."""
    deps().listings.of(agency_id()).get(listing_id)
    return deps().feedback.of(agency_id()).page_of_home(listing_id, **query)
