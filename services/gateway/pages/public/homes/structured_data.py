"""What search engines read of a public home: schema.org's RealEstateListing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.accounts.model.agency import Agency
from services.gateway.pages.public.homes.listing_card import title
from services.gateway.projections.model import ListingCard
from services.gateway.web.language import language
from services.gateway.web.vocabulary import feature_name, home_name

Thing = dict[str, Any]  # JSON-LD as schema.org defines it
# schema.org's types for our kinds of home; anything else is an Accommodation or a Place.
TYPES = {
    "apartment": "Apartment",
    "condominium": "Apartment",
    "single_family_residence": "SingleFamilyResidence",
    "townhouse": "House",
    "unimproved_land": "Place",
}
SQUARE_METRE = "MTK"


def structured_data(home: ListingCard, text: str, url: str, picture: str, agency: Agency | None) -> Thing:
    """The home as schema.org's RealEstateListing."""
    offer: Thing = {"@type": "Offer", "url": url, "businessFunction": f"http://purl.org/goodrelations/v1#{_deal(home)}"}
    offer["availability"] = f"https://schema.org/{'InStock' if home['standard_status'] == 'active' else 'SoldOut'}"
    if home.get("list_price") is not None:
        offer |= {"price": home["list_price"], "priceCurrency": home.get("currency")}
    if agency:
        offer["offeredBy"] = _agent(agency)
    data: Thing = {
        "@context": "https://schema.org",
        "@type": "RealEstateListing",
        "name": title(home),
        "url": url,
        "image": [each["url"] for each in home.get("photos") or ()] or [picture],
        "inLanguage": language(),
        "mainEntity": _thing(home),
        "offers": offer,
    }
    if text:
        data["description"] = text
    if home.get("activated_at"):
        data["datePosted"] = str(home["activated_at"])
    return data


def _thing(home: ListingCard) -> Thing:
    kind = TYPES.get(home.get("property_sub_type") or "", "Accommodation")
    thing: Thing = {"@type": kind, "name": home_name(home), "address": _address(home)}
    if kind != "Place":
        built = home.get("year_built")
        thing |= {
            "numberOfBedrooms": home.get("bedrooms_total"),
            "numberOfBathroomsTotal": home.get("bathrooms_total"),
            "floorSize": _area(home.get("living_area")),
            "yearBuilt": int(built) if built else None,
        }
        said = [(word, True) for word in home.get("features") or ()]
        said += [(word, False) for word in home.get("features_absent") or ()]
        thing["amenityFeature"] = [_feature(word, there) for word, there in said] or None
    if home.get("latitude") is not None and home.get("longitude") is not None:
        thing["geo"] = {"@type": "GeoCoordinates", "latitude": home["latitude"], "longitude": home["longitude"]}
    return {name: value for name, value in thing.items() if value is not None}


def _address(home: Mapping[str, object]) -> Thing:
    names = {"streetAddress": "street_name", "postalCode": "postal_code", "addressLocality": "city"}
    names |= {"addressRegion": "state_or_province", "addressCountry": "country"}
    return {"@type": "PostalAddress"} | {theirs: home[ours] for theirs, ours in names.items() if home.get(ours)}


def _area(value: float | None) -> Thing | None:
    return {"@type": "QuantitativeValue", "value": value, "unitCode": SQUARE_METRE} if value else None


def _feature(word: str, there: bool) -> Thing:
    return {"@type": "LocationFeatureSpecification", "name": feature_name(word), "value": there}


def _agent(agency: Agency) -> Thing:
    agent = {
        "@type": "RealEstateAgent",
        "name": agency.name,
        "url": agency.public_url,
        "address": agency.postal_address,
    }
    return {name: value for name, value in agent.items() if value}


def _deal(home: ListingCard) -> str:
    return "Sell" if home["transaction"] == "sale" else "LeaseOut"
