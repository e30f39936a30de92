"""The words beside the drawing in the picture of a shared link."""

from __future__ import annotations

from services.gateway.accounts.model.agency import Agency
from services.gateway.pages.public.homes.listing_card import title
from services.gateway.pages.public.homes.pictures import Words, share_picture
from services.gateway.projections.model import ListingCard
from services.gateway.web.assets import drawings
from services.gateway.web.assets.files import STATIC
from services.gateway.web.formats import money
from services.gateway.web.look import brand
from services.gateway.web.vocabulary import home_name, home_size

OUR_COLOUR = "#2347B0"


def picture_of(home: ListingCard, agency: Agency | None) -> bytes:
    """The picture of a shared link: the drawing, since we fetch nobody's photographs."""
    price = money(home.get("list_price"), home.get("currency")) if home.get("list_price") is not None else ""
    words = Words(price or home_name(home), title(home), home_size(home), agency.name if agency else "Lintel")
    colour = brand.shades(agency.colour)[0].accent if agency and agency.colour else OUR_COLOUR
    drawn = drawings.draw(home.get("property_sub_type") or "home", str(home["_id"]), home.get("country") or "")
    return share_picture(drawn, words, colour, STATIC / "vendor")
