"""Replies of matching."""

from __future__ import annotations

from typing import Any

from services.gateway.upstream.matching import (
    BeamSegment,
    Criterion,
    Demand,
    Explanation,
    ListingSummary,
    Match,
    MatchCounts,
    MatchPage,
    OpenQuestion,
    Opinion,
    Preview,
    PriceEffect,
    Reason,
    SavedSearch,
    SavedSearchPage,
    SimilarListing,
    Suggestion,
)
from tests.builders.made import AT, made


def a_saved_search(**changes: Any) -> SavedSearch:
    """What Ana looks for: a flat in Cádiz up to 310,000 euros."""
    return made(
        SavedSearch,
        changes,
        id="search-1",
        contact_id="contact-1",
        name="Piso",
        transaction="sale",
        alerts="instant",
        alert_possible=False,
        status="active",
        valid_until=None,
        version=1,
        created_at=AT,
        changed_at=AT,
        warnings=[],
        property_sub_types=["apartment"],
        list_price_max=310_000,
        currency="EUR",
    )


def a_saved_search_page(*searches: SavedSearch, next_cursor: str | None = None) -> SavedSearchPage:
    """A page of these searches."""
    return {"items": list(searches), "next_cursor": next_cursor}


def a_reason(text: str = "It costs 15,000 € less than the limit.", **changes: Any) -> Reason:
    """Why a home fits."""
    return made(Reason, changes, code="price_below", figures={}, text=text)


def a_beam_segment(**changes: Any) -> BeamSegment:
    """The price, met in full."""
    return made(BeamSegment, changes, name="price", weight=30, share=1.0, known=1.0, state="pass")


def a_listing_summary(**changes: Any) -> ListingSummary:
    """The flat in Cádiz as matches show it."""
    return made(
        ListingSummary,
        changes,
        id="listing-1",
        sequence=1,
        listing_id="CA-1",
        transaction="sale",
        property_sub_type="apartment",
        list_price=295_000,
        previous_list_price=None,
        currency="EUR",
        bedrooms_total=3,
        bathrooms_total=2,
        living_area=92,
        street_name="Calle Sagasta",
        city="Cádiz",
        state_or_province=None,
        postal_code="11001",
        country="ES",
        latitude=36.53,
        longitude=-6.3,
        photo=None,
        public_remarks={},
        agent_member_id=None,
    )


def a_match(**changes: Any) -> Match:
    """Ana's search and the flat, which fit."""
    return made(Match, changes, **_verdict(), listing=a_listing_summary())


def a_match_page(*matches: Match, next_cursor: str | None = None) -> MatchPage:
    """A page of these matches."""
    return {"items": list(matches), "next_cursor": next_cursor}


def match_counts(**changes: Any) -> MatchCounts:
    """Two matches, one possible."""
    return made(MatchCounts, changes, match=2, possible=1, near=0, discarded=0)


def a_criterion(**changes: Any) -> Criterion:
    """The price, met."""
    return made(
        Criterion,
        changes,
        name="list_price",
        hard=True,
        state="pass",
        wanted=[None, 310_000],
        found=295_000,
        gap=None,
        points=1000,
        weight=30,
        most=30,
        earned=30,
        reason=a_reason(),
    )


def an_explanation(**changes: Any) -> Explanation:
    """The whole verdict on Ana's search and the flat."""
    return made(
        Explanation,
        changes,
        **_verdict(),
        listing=a_listing_summary(),
        criteria=[a_criterion()],
        gates=[],
        listing_sequence=1,
        search_sequence=1,
    )


def a_preview(**changes: Any) -> Preview:
    """What a draft finds: two homes of ten."""
    return made(
        Preview,
        changes,
        everything=10,
        total=2,
        possible=1,
        near=0,
        funnel=[{"criterion": "price", "label": "Price", "left": 4}],
        misses_by_one=[],
        counterfactuals=[],
        top=[a_match()],
        homes=[],
        prices=None,
        words=[],
        warnings=[],
    )


def a_demand(**changes: Any) -> Demand:
    """Three people at the price of today, five for less."""
    return made(
        Demand,
        changes,
        listing_id="listing-1",
        transaction="sale",
        currency="EUR",
        curve=[
            {"price": 280_000, "searches": 5, "contacts": 5, "current": False, "text": "5 people at 280,000 €"},
            {"price": 295_000, "searches": 3, "contacts": 3, "current": True, "text": "3 people at 295,000 €"},
        ],
    )


def a_price_effect(**changes: Any) -> PriceEffect:
    """Two people gained at 280,000 euros."""
    return made(
        PriceEffect,
        changes,
        price=280_000,
        currency="EUR",
        contacts_now=3,
        contacts_then=5,
        gained=2,
        lost=0,
    )


def an_open_question(about: str = "garage", **changes: Any) -> OpenQuestion:
    """Something that one person waits for."""
    return made(OpenQuestion, changes, about=about, waiting=1, wishing=0)


def a_similar_listing(**changes: Any) -> SimilarListing:
    """A home that is much like another."""
    return made(SimilarListing, changes, listing=a_listing_summary(id="listing-2"), similarity=87, reasons=[])


def a_suggestion(**changes: Any) -> Suggestion:
    """Perhaps the budget is higher."""
    return made(
        Suggestion,
        changes,
        code="raise_budget",
        figures={"amount": 320_000},
        text="Would you look at homes up to 320,000 €?",
        patch={"list_price_max": 320_000},
        effect={"stay": 2, "of": 2, "text": "Both homes stay."},
    )


def an_opinion(**changes: Any) -> Opinion:
    """Ana likes the flat."""
    return made(
        Opinion,
        changes,
        contact_id="contact-1",
        listing_id="listing-1",
        preference="favorite",
        reason=None,
        reason_text=None,
        viewed=True,
        by="prospect:contact-1",
        version=1,
        changed_at=AT,
        history=[],
    )


def _verdict() -> dict[str, Any]:
    return {
        "listing_id": "listing-1",
        "saved_search_id": "search-1",
        "contact_id": "contact-1",
        "search_name": "Piso",
        "alerts": "instant",
        "kind": "match",
        "score": 92,
        "confidence": 100,
        "beam": [a_beam_segment()],
        "reasons": [a_reason()],
        "misses": [],
        "unknowns": [],
    }
