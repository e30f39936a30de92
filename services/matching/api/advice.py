"""Advice: a draft search previewed, demand at other prices, similar homes, suggestions from what was refused."""

from __future__ import annotations

from services.matching.advice import demand as demands
from services.matching.advice import previews
from services.matching.advice.audience import Audience, audience_at_price, audience_of_draft
from services.matching.advice.improvements import ImprovementsReply, improvements_of_pair
from services.matching.advice.questions import Question as QuestionReply
from services.matching.advice.questions import questions_about
from services.matching.advice.similar_listings import SimilarListing, similar_listings
from services.matching.api.body import Fields
from services.matching.api.deps import deps
from services.matching.api.own import PEOPLE, own_contact, own_search, visible_listing
from services.matching.feedback import suggestions as feedback
from services.matching.schemas.advice import (
    AudienceOut,
    AudienceQuery,
    Demand,
    DemandQuery,
    Preview,
    PreviewIn,
    PriceEffect,
    PriceQuery,
    Questions,
    SimilarHomes,
    SimilarQuery,
    Suggestions,
)
from services.matching.schemas.listings import ListingFacts
from services.matching.schemas.matches import Improvements, PairQuery
from shared.http.auth import policy
from shared.http.claims import STAFF
from shared.http.web import Blueprint, agency_id, reader_language

advice = Blueprint("advice", __name__, url_prefix="/v1", description="What would find more, and what people want.")


@advice.route("/saved-searches/preview", methods=["POST"])
@policy(*PEOPLE)
@advice.arguments(PreviewIn)
@advice.response(200, Preview)
def preview(data: Fields) -> previews.Preview:
    """Preview a draft search: what it matches, what each wish excludes, which changes would help; nothing is stored."""
    mine = own_contact()
    return previews.preview(deps(), agency_id(), data | ({"contact_id": mine} if mine else {}), reader_language())


@advice.route("/listings/<listing_id>/demand")
@policy(*STAFF)
@advice.arguments(DemandQuery, location="query")
@advice.response(200, Demand)
def demand(query: Fields, listing_id: str) -> demands.DemandCurve:
    """Show how many people a listing would suit at other prices."""
    return demands.demand_curve(deps(), agency_id(), listing_id, query["prices"], reader_language())


@advice.route("/listings/<listing_id>/price-effect")
@policy(*STAFF)
@advice.arguments(PriceQuery, location="query")
@advice.response(200, PriceEffect)
def price_effect(query: Fields, listing_id: str) -> demands.PriceEffect:
    """Show which people another price would add and which it would lose, before it is published."""
    return demands.price_effect(deps(), agency_id(), listing_id, query["price"])


@advice.route("/listings/<listing_id>/audience")
@policy(*STAFF)
@advice.arguments(AudienceQuery, location="query")
@advice.response(200, AudienceOut)
def audience(query: Fields, listing_id: str) -> Audience:
    """Show every pair to which a listing would be news at another price, or on the market at its present one."""
    return audience_at_price(deps(), agency_id(), listing_id, query["price"])


@advice.route("/listings/audience", methods=["POST"])
@policy(*STAFF)
@advice.arguments(ListingFacts)
@advice.response(200, AudienceOut)
def draft_audience(data: Fields) -> Audience:
    """Show every pair to which a new listing with these facts would be news; nothing is stored."""
    return audience_of_draft(deps(), agency_id(), data)


@advice.route("/improvements")
@policy(*STAFF)
@advice.arguments(PairQuery, location="query")
@advice.response(200, Improvements)
def improvements(query: Fields) -> ImprovementsReply:
    """Show which changes of the listing or of the wishes would make a pair a match, and what else each would match."""
    return improvements_of_pair(deps(), agency_id(), **query)


@advice.route("/listings/<listing_id>/questions")
@policy(*STAFF)
@advice.response(200, Questions)
def questions(listing_id: str) -> dict[str, list[QuestionReply]]:
    """Show which facts of a listing are missing that people's searches ask for."""
    return {"items": questions_about(deps(), agency_id(), listing_id)}


@advice.route("/listings/<listing_id>/similar")
@policy(*PEOPLE)
@advice.arguments(SimilarQuery, location="query")
@advice.response(200, SimilarHomes)
def similar(query: Fields, listing_id: str) -> dict[str, list[SimilarListing]]:
    """Show the homes on the market that are most like one."""
    most, language = query["limit"], reader_language()
    return {"items": similar_listings(deps(), agency_id(), visible_listing(listing_id), most, language)}


@advice.route("/saved-searches/<saved_search_id>/suggestions")
@policy(*PEOPLE)
@advice.response(200, Suggestions)
def suggestions(saved_search_id: str) -> dict[str, list[feedback.Suggestion]]:
    """Show changes of a search that the person's refusals suggest; PATCH the search with `patch` to accept one."""
    own_search(saved_search_id)
    return {"items": feedback.suggestions(deps(), agency_id(), saved_search_id, reader_language())}
