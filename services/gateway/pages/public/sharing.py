"""What machines read of a public home: schema.org data, and the words and picture of a shared link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.accounts.model.agency import Agency
from services.gateway.pages.public.pictures import Words, share_picture
from services.gateway.web import brand, drawings
from services.gateway.web.answers import Row
from services.gateway.web.assets import STATIC
from services.gateway.web.vocabulary import feature_name, home_name, home_size
from services.gateway.web.words import language, money
from shared.vocabulary.i18n import locale_of

Home = Mapping[str, Any]
OUR_COLOUR = "#2347B0"
# schema.org's types for our kinds of home; anything else is an Accommodation or a Place.
TYPES = {
    "apartment": "Apartment",
    "condominium": "Apartment",
    "single_family_residence": "SingleFamilyResidence",
    "townhouse": "House",
    "unimproved_land": "Place",
}
SQUARE_METRE = "MTK"


def structured(home: Home, text: str, url: str, picture: str, agency: Agency | None) -> Row:
    """The home as schema.org's RealEstateListing."""
    offer: Row = {"@type": "Offer", "url": url, "businessFunction": f"http://purl.org/goodrelations/v1#{_deal(home)}"}
    offer["availability"] = f"https://schema.org/{'InStock' if home['standard_status'] == 'active' else 'SoldOut'}"
    if home.get("list_price") is not None:
        offer |= {"price": home["list_price"], "priceCurrency": home.get("currency")}
    if agency:
        offer["offeredBy"] = _agent(agency)
    told: Row = {
        "@context": "https://schema.org",
        "@type": "RealEstateListing",
        "name": _title(home),
        "url": url,
        "image": [each["url"] for each in home.get("photos") or ()] or [picture],
        "inLanguage": language(),
        "mainEntity": _thing(home),
        "offers": offer,
    }
    if text:
        told["description"] = text
    if home.get("activated_at"):
        told["datePosted"] = str(home["activated_at"])
    return told


def card(home: Home, text: str, url: str, picture: str, agency: Agency | None) -> Row:
    """The words and the picture that a shared link shows."""
    price = money(home.get("list_price"), home.get("currency")) if home.get("list_price") is not None else ""
    told = ", ".join(filter(None, (price, home_size(home).replace("\u00a0·", ","))))
    return {
        "title": _title(home),
        "description": (f"{told}. {text}" if text else told)[:280],
        "url": url,
        "image": picture,
        "site": agency.name if agency else "Lintel",
        "locale": str(locale_of(language())),
    }


def picture_of(home: Home, agency: Agency | None) -> bytes:
    """The picture of a shared link: the drawing, since we fetch nobody's photographs."""
    price = money(home.get("list_price"), home.get("currency")) if home.get("list_price") is not None else ""
    words = Words(price or home_name(home), _title(home), home_size(home), agency.name if agency else "Lintel")
    colour = brand.shades(agency.colour)[0].accent if agency and agency.colour else OUR_COLOUR
    drawn = drawings.draw(home.get("property_sub_type") or "home", str(home["_id"]), home.get("country") or "")
    return share_picture(drawn, words, colour, STATIC / "vendor")


def _thing(home: Home) -> Row:
    kind = TYPES.get(home.get("property_sub_type") or "", "Accommodation")
    found: Row = {"@type": kind, "name": home_name(home), "address": _address(home)}
    if kind != "Place":
        found |= {
            "numberOfBedrooms": home.get("bedrooms_total"),
            "numberOfBathroomsTotal": home.get("bathrooms_total"),
            "floorSize": _area(home.get("living_area")),
            "yearBuilt": int(home["year_built"]) if home.get("year_built") else None,
        }
        said = [(word, True) for word in home.get("features") or ()]
        said += [(word, False) for word in home.get("features_absent") or ()]
        found["amenityFeature"] = [_feature(word, there) for word, there in said] or None
    if home.get("latitude") is not None and home.get("longitude") is not None:
        found["geo"] = {"@type": "GeoCoordinates", "latitude": home["latitude"], "longitude": home["longitude"]}
    return {name: value for name, value in found.items() if value is not None}


def _address(home: Home) -> Row:
    names = {"streetAddress": "street_name", "postalCode": "postal_code", "addressLocality": "city"}
    names |= {"addressRegion": "state_or_province", "addressCountry": "country"}
    return {"@type": "PostalAddress"} | {theirs: home[ours] for theirs, ours in names.items() if home.get(ours)}


def _area(value: Any) -> Row | None:
    return {"@type": "QuantitativeValue", "value": value, "unitCode": SQUARE_METRE} if value else None


def _feature(word: str, there: bool) -> Row:
    return {"@type": "LocationFeatureSpecification", "name": feature_name(word), "value": there}


def _agent(agency: Agency) -> Row:
    told = {"@type": "RealEstateAgent", "name": agency.name, "url": agency.public_url, "address": agency.postal_address}
    return {name: value for name, value in told.items() if value}


def _deal(home: Home) -> str:
    return "Sell" if home["transaction"] == "sale" else "LeaseOut"


def _title(home: Home) -> str:
    return ", ".join(filter(None, (home_name(home), home.get("city") if home.get("street_name") else None)))
