"""Listings: RESO StandardStatus in snake_case, transactions, and questions to an owner."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

LISTING_STATUSES = Subject(
    "listing status",
    {
        "active": "active",
        "coming_soon": "coming soon",
        "active_under_contract": "under offer",
        "pending": "pending",
        "hold": "on hold",
        "incomplete": "incomplete",
        "closed": "closed",
        "withdrawn": "withdrawn",
        "expired": "expired",
        "canceled": "cancelled",
    },
)
TRANSACTIONS = Subject("transaction", {"sale": "for sale", "lease": "to let"})
# The same codes from the side of a person who looks for a home.
WANTED_TRANSACTIONS = Subject("wanted transaction", {"sale": "to buy", "lease": "to rent"})

PRICE_PROBLEMS = Subject(
    "problem of a price",
    {
        "price_required": "a home on the market needs a price",
        "price_not_positive": "the price must be more than zero",
        "sale_is_closed": "the sale is closed, so its price can no longer change",
        "price_unchanged": "this is already the price",
        "price_far_off": "half the old price or less, or double or more: check the digits",
    },
)
LISTING_FIELDS = Subject(
    "listing field",
    {
        "listing_id": "our reference",
        "list_price": "price",
        "property_sub_type": "type",
        "bedrooms_total": "bedrooms",
        "bathrooms_total": "bathrooms",
        "living_area": "living area",
        "lot_size_area": "plot size",
        "year_built": "year of construction",
        "on_market_date": "on the market since",
        "street_name": "street",
        "postal_code": "postal code",
        "city": "city",
        "state_or_province": "region",
        "country": "country",
        "latitude": "latitude",
        "longitude": "longitude",
        "currency": "currency",
        "transaction": "for sale or to let",
        "public_remarks.en": "description in English",
        "public_remarks.es": "description in Spanish",
        "public_remarks.pt": "description in Portuguese",
        "public_remarks.sl": "description in Slovenian",
        "public_remarks.sv": "description in Swedish",
        "photos": "photographs, separated by |",
        "private_remarks": "notes for colleagues",
        "standard_status": "status",
        "owner_contact_ids": "owners",
        "agent_member_id": "agent",
    },
)
LISTING_QUESTIONS = Subject(
    "question about a listing",
    {
        "list_price": "what is the price?",
        "bedrooms_total": "how many bedrooms?",
        "bathrooms_total": "how many bathrooms?",
        "living_area": "how large is the living area?",
        "lot_size_area": "how large is the plot?",
        "year_built": "when was it built?",
        "property_sub_type": "what kind of home is it?",
        "location": "where exactly is it?",
    },
)
