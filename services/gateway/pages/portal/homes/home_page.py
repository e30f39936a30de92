"""One home in full, as a prospect sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.gateway.components.prospect_homes.price import PriceText, price_text
from services.gateway.pages.portal.homes.read import HomeReply
from services.gateway.upstream.matching import Explanation, ListingSummary
from services.gateway.upstream.properties import Photo, PublicListing
from services.gateway.web.formats import area, number
from services.gateway.web.language import gettext as _
from services.gateway.web.language import language


@dataclass(frozen=True)
class HomePage:
    """A home, why it fits the wishes that it fits best (None without wishes), and homes like it."""

    listing: PublicListing
    price: PriceText
    preference: str | None
    best: Explanation | None
    similar: Sequence[ListingSummary]

    @property
    def wish_id(self) -> str:
        """The wishes that an answer belongs to; empty without wishes."""
        return self.best["saved_search_id"] if self.best else ""

    @property
    def fit_heading(self) -> str:
        """What the reasons are headed by."""
        fits = self.best and self.best["kind"] != "none"
        return _("Why it fits") if fits else _("How it compares with your wishes")

    @property
    def more_photos(self) -> Sequence[Photo]:
        """The photographs after the first one."""
        return (self.listing["photos"] or [])[1:]

    @property
    def place(self) -> str:
        """Postal code, town and region."""
        parts = (self.listing["postal_code"], self.listing["city"], self.listing["state_or_province"])
        return ", ".join(filter(None, parts))

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The facts that are stated, each with its label."""
        home = self.listing
        facts = [
            (_("Bedrooms"), number(home["bedrooms_total"])),
            (_("Bathrooms"), number(home["bathrooms_total"])),
            (_("Living area"), area(home["living_area"]) if home["living_area"] else ""),
            (_("Plot"), area(home["lot_size_area"]) if home["lot_size_area"] else ""),
            (_("Built in"), str(home["year_built"]) if home["year_built"] else ""),
            (_("Reference"), home["listing_id"] or ""),
        ]
        return [(label, text) for label, text in facts if text]

    @property
    def remarks(self) -> str:
        """The description in the reader's language, else in English, else in any."""
        remarks: Mapping[str, str] = self.listing["public_remarks"] or {}
        return remarks.get(language()) or remarks.get("en") or next(iter(remarks.values()), "")


def home_page(reply: HomeReply) -> HomePage:
    """The page of a home; of several wishes, the one that it fits best is explained."""
    best = max(reply.explanations, key=lambda each: (each["kind"] != "none", each["score"]), default=None)
    similar = [each["listing"] for each in reply.similar]
    preference = reply.opinion["preference"] if reply.opinion else None
    return HomePage(reply.listing, price_text(reply.listing), preference, best, similar)
