"""Events of properties: the whole public state of a listing, each time."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.base import Contract, Data, identifier, number, text


class Photo(Data):
    """A picture of the listing by its address."""

    url = fields.String(required=True)
    alt = text()


class ListingState(Data):
    """A listing without private remarks; money in major units, areas in m2, coordinates WGS 84."""

    id = identifier(required=True)
    listing_id = text()
    standard_status = fields.String(required=True)
    transaction = fields.String(required=True)
    property_sub_type = text()
    list_price = number()
    currency = text()
    bedrooms_total = number()
    bathrooms_total = number()
    living_area = number()
    lot_size_area = number()
    year_built = number()
    on_market_date = text()
    features = fields.List(fields.String(), load_default=list)
    features_absent = fields.List(fields.String(), load_default=list)
    latitude = number()
    longitude = number()
    street_name = text()
    city = text()
    state_or_province = text()
    postal_code = text()
    country = text()
    public_remarks = fields.Dict(keys=fields.String(), values=fields.String(), allow_none=True)
    owner_contact_ids = fields.List(fields.String(), load_default=list)
    agent_member_id = text()
    photo = fields.Nested(Photo, allow_none=True)
    photos = fields.List(fields.Nested(Photo), load_default=list)
    previous_list_price = number()
    previous_status = text()
    activated_at = text()


_WHO = ("matching", "leads", "gateway")
CONTRACTS = {
    "properties.listing.activated": Contract(ListingState(), _WHO),
    "properties.listing.changed": Contract(ListingState(), _WHO),
    "properties.listing.price_changed": Contract(ListingState(), _WHO),
    "properties.listing.status_changed": Contract(ListingState(), (*_WHO, "notifications")),
}
