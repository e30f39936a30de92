"""The form of a listing: what was typed, as properties takes it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from services.gateway.components.listing.errors import errors_shown
from services.gateway.upstream.properties import Listing, NewListingFacts, Photo
from services.gateway.web.forms.fields import Capitals, Lines, Number, Prefixed, Text, Words
from services.gateway.web.forms.page_form import FormErrors, PageForm


class ListingFields(PageForm):
    """What the form of a listing holds."""

    listing_id = Text()
    property_sub_type = Text()
    bedrooms_total = Number()
    bathrooms_total = Number()
    living_area = Number()
    lot_size_area = Number()
    year_built = Number(plain=True)
    on_market_date = Text()
    street_name = Text()
    postal_code = Text()
    city = Text()
    state_or_province = Text()
    country = Text()
    latitude = Number(plain=True)
    longitude = Number(plain=True)
    has = Prefixed("feature_")
    more_features = Words(",")
    remarks = Prefixed("remarks_")
    photos = Lines()
    owner_contact_id = Words()
    private_remarks = Text()


class NewListingFields(ListingFields):
    """What the form of a new listing holds besides: later these change by forms of their own."""

    transaction = Text(empty="")
    standard_status = Text(empty="")
    list_price = Number()
    currency = Capitals()


@dataclass(frozen=True)
class ListingForm:
    """The form of a new listing or of one that is corrected; `typed` holds a text or number for each field."""

    typed: Mapping[str, object]
    body: NewListingFacts
    errors: FormErrors

    @classmethod
    def blank(cls) -> ListingForm:
        """The form of a listing that does not exist yet."""
        return cls({}, {}, FormErrors())

    @classmethod
    def from_listing(cls, listing: Listing) -> ListingForm:
        """The form filled with what is known."""
        remarks = {f"remarks_{language}": text for language, text in listing["public_remarks"].items()}
        answers = dict.fromkeys((f"feature_{word}" for word in listing["features"]), "yes")
        answers |= dict.fromkeys((f"feature_{word}" for word in listing["features_absent"]), "no")
        photos = "\n".join(" ".join(filter(None, (each["url"], each.get("alt")))) for each in listing["photos"])
        owners = " ".join(listing["owner_contact_ids"])
        typed = {**listing, **remarks, **answers, "photos": photos, "owner_contact_id": owners}
        return cls(typed, {}, FormErrors())

    @classmethod
    def from_form(cls, typed: Mapping[str, str], *, is_new: bool) -> ListingForm:
        """What was typed; price, status and currency belong to a new listing only."""
        values, errors = (NewListingFields if is_new else ListingFields).read(typed)
        has, more = values.pop("has"), values.pop("more_features")
        said_yes = [word for word, answer in has.items() if answer == "yes"]
        values["features"] = sorted({*said_yes, *(word.lower().replace(" ", "_") for word in more)})
        values["features_absent"] = sorted(word for word, answer in has.items() if answer == "no")
        values["public_remarks"] = values.pop("remarks")
        values["photos"] = [_photo(line) for line in values["photos"]]
        values["owner_contact_ids"] = values.pop("owner_contact_id")
        return cls(typed, cast(NewListingFacts, values), errors)

    @property
    def owner_ids(self) -> list[str]:
        """The contacts that are named as owners."""
        return str(self.typed.get("owner_contact_id") or "").split()

    def refused(self, errors: FormErrors) -> ListingForm:
        """The same form with what properties found wrong with it."""
        return replace(self, errors=errors_shown(errors, NewListingFields().fields))


def _photo(line: str) -> Photo:
    """An address, and after a blank what the picture shows."""
    url, _blank, alt = line.partition(" ")
    return {"url": url, "alt": alt.strip() or None}
