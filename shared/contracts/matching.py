"""Events of matching: wishes, and the homes that meet them."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.base import Contract, Data, identifier, number, text
from shared.contracts.properties import Photo


class SearchSaved(Data):
    """A saved search, whole."""

    id = identifier(required=True)
    contact_id = identifier(required=True)
    name = text()
    transaction = fields.String(required=True)
    property_sub_types = fields.List(fields.String(), load_default=list)
    list_price_min = number()
    list_price_max = number()
    currency = text()
    bedrooms_min = number()
    bedrooms_max = number()
    bathrooms_min = number()
    living_area_min = number()
    living_area_max = number()
    lot_size_area_min = number()
    year_built_min = number()
    areas = fields.List(fields.Dict(), load_default=list)
    must_have = fields.List(fields.String(), load_default=list)
    wont_accept = fields.List(fields.String(), load_default=list)
    preferences = fields.Dict(load_default=dict)
    tolerance_percent = number()
    alerts = fields.String(required=True)
    alert_possible = fields.Boolean(load_default=False)
    status = fields.String(required=True)
    valid_until = text()


class SearchRemoved(Data):
    """A saved search that is no more."""

    contact_id = identifier(required=True)


class ListingSummary(Data):
    """What an alert tells of a home."""

    id = identifier(required=True)
    sequence = fields.Integer(required=True)
    listing_id = text()
    transaction = fields.String(required=True)
    property_sub_type = text()
    list_price = number()
    previous_list_price = number()
    currency = text()
    bedrooms_total = number()
    bathrooms_total = number()
    living_area = number()
    street_name = text()
    city = text()
    state_or_province = text()
    postal_code = text()
    country = text()
    latitude = number()
    longitude = number()
    photo = fields.Nested(Photo, allow_none=True)
    public_remarks = fields.Dict(keys=fields.String(), values=fields.String(), allow_none=True)
    agent_member_id = text()


class Reason(Data):
    """A sentence in the contact's language, with its figures."""

    code = fields.String(required=True)
    figures = fields.Dict(load_default=dict)
    text = fields.String(required=True)


class FoundMatch(Data):
    """One person's wishes met by the listing."""

    contact_id = identifier(required=True)
    saved_search_id = identifier(required=True)
    search_name = text()
    search_sequence = fields.Integer(required=True)
    pair_sequence = fields.Integer(load_default=0)
    kind = fields.String(required=True, validate=validate.OneOf(("match", "possible", "near")))
    score = fields.Integer(required=True)
    confidence = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(Reason), load_default=list)
    misses = fields.List(fields.Nested(Reason), load_default=list)
    unknowns = fields.List(fields.Nested(Reason), load_default=list)
    language = text()
    alerts = fields.String(required=True, validate=validate.OneOf(("instant", "daily", "weekly", "off")))
    alert_possible = fields.Boolean(load_default=False)


class MatchesFound(Data):
    """New matches of one listing, at most 200 and 256 kB an event."""

    listing = fields.Nested(ListingSummary, required=True)
    entered_by = fields.String(required=True, validate=validate.OneOf(("new", "price", "criteria", "status")))
    matches = fields.List(fields.Nested(FoundMatch), required=True)


class LostPair(Data):
    """A pair that no longer meets."""

    contact_id = identifier(required=True)
    saved_search_id = identifier(required=True)
    search_sequence = fields.Integer(load_default=0)
    pair_sequence = fields.Integer(load_default=0)


class MatchesLost(Data):
    """Pairs of one listing that no longer meet, and why."""

    listing_id = identifier(required=True)
    listing_sequence = fields.Integer(load_default=0)
    pairs = fields.List(fields.Nested(LostPair), required=True)
    why = fields.String(required=True)


class FeedbackGiven(Data):
    """What a person says of a home now; free text stays with us."""

    contact_id = identifier(required=True)
    listing_id = identifier(required=True)
    preference = text(validate=validate.OneOf(("favorite", "possibility", "discard")))
    reason = text()
    viewed = fields.Boolean(load_default=False)


class ListingResolved(Data):
    """A listing whose words mean something else since the agency changed its vocabulary."""

    vocabulary = fields.Integer(required=True)


CONTRACTS = {
    "matching.search.saved": Contract(SearchSaved(), ("matching", "leads"), contact="contact_id"),
    "matching.search.removed": Contract(SearchRemoved(), ("matching", "leads"), contact="contact_id"),
    "matching.matches.found": Contract(MatchesFound(), ("notifications", "leads", "gateway")),
    "matching.matches.lost": Contract(MatchesLost(), ("notifications", "leads")),
    "matching.feedback.given": Contract(FeedbackGiven(), ("matching", "gateway"), contact="contact_id"),
    "matching.listing.resolved": Contract(ListingResolved(), ("matching",)),
}
