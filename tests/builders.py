"""Replies of the services as tests need them: plain, complete, and changed by keyword.

`a_listing(list_price=280_000)` is a whole Listing with another price; a key that the type does not know is an error.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from services.gateway.accounts.model import Agency, Member
from services.gateway.upstream.leads import (
    Consent,
    Contact,
    ContactPage,
    CurrentConsent,
    OwnContact,
    PossibleDuplicate,
    TimelineEntry,
    TimelinePage,
)
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
from services.gateway.upstream.notifications import Delivery, DeliveryPage, Reachability, Sendability
from services.gateway.upstream.properties import (
    HistoryEntry,
    ImportJob,
    ImportRow,
    Listing,
    ListingPage,
    PublicListing,
    UploadedFile,
)
from services.gateway.upstream.service_status import DeadEntryDetails, Process, ServiceStatus

T = TypeVar("T")
AT = "2026-03-02T09:30:00+00:00"


def a_contact(**changes: Any) -> Contact:
    """Ana Beltrán, a lead with an address and a telephone."""
    return _made(
        Contact,
        changes,
        id="contact-1",
        full_name="Ana Beltrán",
        first_name="Ana",
        middle_name=None,
        last_name="Beltrán",
        email="ana@example.com",
        phone="+34612345018",
        phone_as_typed="612 345 018",
        country="ES",
        language="es",
        time_zone="Europe/Madrid",
        stage="lead",
        source=None,
        agent_member_id=None,
        notes=None,
        consents=[],
        version=1,
        created_at=AT,
        changed_at=AT,
    )


def a_contact_page(*contacts: Contact, next_cursor: str | None = None) -> ContactPage:
    """A page of these people."""
    return {"items": list(contacts), "next_cursor": next_cursor}


def an_own_contact(**changes: Any) -> OwnContact:
    """Ana as she sees herself."""
    return _made(
        OwnContact,
        changes,
        id="contact-1",
        full_name="Ana Beltrán",
        first_name="Ana",
        email="ana@example.com",
        phone="+34612345018",
        language="es",
        time_zone="Europe/Madrid",
        version=1,
    )


def a_consent(**changes: Any) -> Consent:
    """A consent to alerts by e-mail."""
    return _made(
        Consent,
        changes,
        purpose="alerts",
        channel="email",
        state="granted",
        wording_version="member-form-1",
        source="told a member",
        at=AT,
        recorded_at=AT,
    )


def a_current_consent(**changes: Any) -> CurrentConsent:
    """Alerts by e-mail are allowed."""
    return _made(CurrentConsent, changes, purpose="alerts", channel="email", state="granted", allowed=True, at=AT)


def a_possible_duplicate(**changes: Any) -> PossibleDuplicate:
    """Somebody with the same e-mail address."""
    return _made(
        PossibleDuplicate,
        changes,
        id="contact-2",
        full_name="Ana B.",
        phone=None,
        email="ana@example.com",
        agent_member_id=None,
        why="email",
    )


def a_timeline_entry(**changes: Any) -> TimelineEntry:
    """A note by a member."""
    return _made(
        TimelineEntry,
        changes,
        id="entry-1",
        at=AT,
        kind="note",
        by="agent:member-1",
        figures={"text": "Likes light rooms."},
        listing=None,
    )


def a_timeline_page(*entries: TimelineEntry, next_cursor: str | None = None) -> TimelinePage:
    """A page of these entries."""
    return {"items": list(entries), "next_cursor": next_cursor}


def a_public_listing(**changes: Any) -> PublicListing:
    """A flat in Cádiz as everybody may see it."""
    return _made(PublicListing, changes, **_public_facts())


def a_listing(**changes: Any) -> Listing:
    """A flat in Cádiz for 295,000 euros."""
    return _made(Listing, changes, **_public_facts(), private_remarks=None, owner_contact_ids=[])


def a_listing_page(*listings: Listing, next_cursor: str | None = None) -> ListingPage:
    """A page of these listings."""
    return {"items": list(listings), "next_cursor": next_cursor}


def a_history_entry(**changes: Any) -> HistoryEntry:
    """The price fell by five thousand."""
    return _made(
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
    return _made(
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
    return _made(ImportRow, changes, row=2, verdict="created", reference="CA-1", listing_id="listing-1")


def an_uploaded_file(**changes: Any) -> UploadedFile:
    """A file with two columns."""
    return _made(
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


def a_saved_search(**changes: Any) -> SavedSearch:
    """What Ana looks for: a flat in Cádiz up to 310,000 euros."""
    return _made(
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
    return _made(Reason, changes, code="price_below", figures={}, text=text)


def a_beam_segment(**changes: Any) -> BeamSegment:
    """The price, met in full."""
    return _made(BeamSegment, changes, name="price", weight=30, share=1.0, known=1.0, state="pass")


def a_listing_summary(**changes: Any) -> ListingSummary:
    """The flat in Cádiz as matches show it."""
    return _made(
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
    return _made(Match, changes, **_verdict(), listing=a_listing_summary())


def a_match_page(*matches: Match, next_cursor: str | None = None) -> MatchPage:
    """A page of these matches."""
    return {"items": list(matches), "next_cursor": next_cursor}


def match_counts(**changes: Any) -> MatchCounts:
    """Two matches, one possible."""
    return _made(MatchCounts, changes, match=2, possible=1, near=0, discarded=0)


def a_criterion(**changes: Any) -> Criterion:
    """The price, met."""
    return _made(
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
    return _made(
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
    return _made(
        Preview,
        changes,
        everything=10,
        total=2,
        possible=1,
        near=0,
        funnel=[{"criterion": "list_price", "label": "Price", "left": 4}],
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
    return _made(
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
    return _made(
        PriceEffect,
        changes,
        price=280_000,
        currency="EUR",
        contacts_now=3,
        contacts_then=5,
        gained=2,
        lost=0,
        alerts_on=1,
        alerted_contact_ids=["contact-1"],
    )


def an_open_question(about: str = "garage", **changes: Any) -> OpenQuestion:
    """Something that one person waits for."""
    return _made(OpenQuestion, changes, about=about, waiting=1, wishing=0)


def a_similar_listing(**changes: Any) -> SimilarListing:
    """A home that is much like another."""
    return _made(SimilarListing, changes, listing=a_listing_summary(id="listing-2"), similarity=87, reasons=[])


def a_suggestion(**changes: Any) -> Suggestion:
    """Perhaps the budget is higher."""
    return _made(
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
    return _made(
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


def a_delivery(**changes: Any) -> Delivery:
    """An alert that was sent."""
    return _made(
        Delivery,
        changes,
        id="delivery-1",
        contact_id="contact-1",
        listing_id="listing-1",
        state="sent",
        list_price=295_000,
        currency="EUR",
        kind="alert",
        listing_ids=["listing-1"],
        by=None,
        note=None,
        saved_search_ids=["search-1"],
        channel="email",
        entered_by="new",
        frequency="instant",
        reason=None,
        attempts=1,
        created_at=AT,
        sent_at=AT,
        leaves_at=None,
    )


def a_delivery_page(*deliveries: Delivery, next_cursor: str | None = None) -> DeliveryPage:
    """A page of these deliveries."""
    return {"items": list(deliveries), "next_cursor": next_cursor}


def reachability(**changes: Any) -> Reachability:
    """Ana may be written to."""
    return _made(Reachability, changes, contact_id="contact-1", writable=True, reason=None)


def sendability(**changes: Any) -> Sendability:
    """An alert may be sent."""
    return _made(Sendability, changes, sendable=True, gates=[])


def a_process(**changes: Any) -> Process:
    """A worker that consumes."""
    return _made(
        Process,
        changes,
        service="leads",
        kind="worker",
        state="consuming",
        host="host",
        pid=1,
        version="1.0",
        memory=64 * 2**20,
        per_second=0.5,
        started_at=AT,
        seen_at=AT,
    )


def a_service_status(**changes: Any) -> ServiceStatus:
    """A service with a web process and a worker, nothing waiting."""
    return _made(
        ServiceStatus,
        changes,
        service="leads",
        version="1.0",
        outbox_waiting=0,
        outbox_oldest_seconds=0.0,
        inbox_parked=0,
        inbox_dead=0,
        inbox_oldest_parked_seconds=0.0,
        workers_alive=1,
        processes=[a_process(), a_process(kind="web", state="serving", pid=2)],
        rates={"minutes": 15, "published": [0.0] * 60, "handled": [0.0] * 60, "now": {}},
    )


def a_dead_entry(**changes: Any) -> DeadEntryDetails:
    """An event about something that never arrived."""
    return _made(
        DeadEntryDetails,
        changes,
        id="entry-1",
        type="properties.listing.changed",
        subject="listing-1",
        attempts=12,
        error_class="NotYetKnown",
        error="contact is not known here",
        at=AT,
        tried_at=AT,
        state="dead",
        event={"type": "properties.listing.changed", "subject": "listing-1", "data": {}},
        audit=[],
    )


def an_agency(**changes: Any) -> Agency:
    """Marea in Cádiz, stored."""
    facts: dict[str, Any] = {"id": "agency-1", "name": "Marea", "languages": ["es", "en"]}
    return Agency(**{**facts, "time_zone": "Europe/Madrid", "currency": "EUR", **changes})


def a_member(**changes: Any) -> Member:
    """Inés, an admin of Marea, stored."""
    facts: dict[str, Any] = {"id": "member-1", "agency_id": "agency-1", "email": "ines@example.com"}
    return Member(**{**facts, "display_name": "Inés", "role": "admin", "password_hash": "", **changes})


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


def _made(made: type[T], changes: dict[str, Any], /, **facts: Any) -> T:
    """A reply of a type; what the type does not know is a mistake of the test."""
    unknown = (set(facts) | set(changes)) - set(made.__annotations__)
    assert not unknown, f"{made.__name__} has no {sorted(unknown)}"
    return cast(T, {**facts, **changes})
