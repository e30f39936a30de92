"""The forms of a listing: what was typed, as properties takes it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from services.gateway.upstream.properties import Listing, ListingFacts, NewListingFacts, Photo
from services.gateway.web.fields import Capitals, Lines, Number, Prefixed, Text, Words
from services.gateway.web.forms import FormErrors, PageForm, changed_meanwhile
from services.gateway.web.words import gettext as _

# Words of matching whose field of the listing is called otherwise.
ANSWERED_BY = {"bedrooms": "bedrooms_total", "bathrooms": "bathrooms_total", "price": "list_price"}
# Numbers that nobody writes with separators between thousands.
PLAIN_NUMBERS = frozenset({"latitude", "longitude", "year_built"})
# Fields of properties that the form shows under another name.
FORM_FIELDS = {
    "owner_contact_ids": "owner_contact_id",
    "features": "more_features",
    "features_absent": "more_features",
}


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


class PriceFields(PageForm):
    """Another price and why."""

    list_price = Number()
    reason = Text(empty="")


class StatusFields(PageForm):
    """Another status and why."""

    standard_status = Text(empty="")
    reason = Text(empty="")


class AnswerFields(PageForm):
    """What the owner said of one thing, and the version of the listing that the form was opened with."""

    about = Text(empty="")
    answer = Text(empty="")
    version = Text(empty="")


class NumberAnswerFields(PageForm):
    """An answer that is a number."""

    answer = Number()


class PlainNumberAnswerFields(PageForm):
    """An answer that is a number without separators, such as a year."""

    answer = Number(plain=True)


# Fields that the forms show; an error of any other field stands at the top of the form.
SHOWN = frozenset({*NewListingFields().fields, "reason"})


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
        if is_new and values["standard_status"] == "active" and not values["list_price"]:
            errors.setdefault(
                "list_price", _("A home on the market needs a price. Without one, choose another status.")
            )
        return cls(typed, cast(NewListingFacts, values), errors)

    @property
    def owner_ids(self) -> list[str]:
        """The contacts that are named as owners."""
        return str(self.typed.get("owner_contact_id") or "").split()

    def refused(self, errors: FormErrors) -> ListingForm:
        """The same form with what properties found wrong with it."""
        return replace(self, errors=errors_shown(errors))


@dataclass(frozen=True)
class PriceForm:
    """Another asking price and why; `list_price` as typed, `price` None where it is missing or cannot be read."""

    list_price: str = ""
    reason: str = ""
    price: float | None = None
    errors: FormErrors = field(default_factory=FormErrors)

    @classmethod
    def from_form(cls, typed: Mapping[str, str]) -> PriceForm:
        """What was typed; while the form is open, an empty price is no error."""
        values, errors = PriceFields.read(typed)
        return cls(typed.get("list_price", ""), values["reason"], values["list_price"], errors)

    def complete(self) -> PriceForm:
        """The form as it is sent: an empty price is an error."""
        if self.errors or self.price is not None:
            return self
        return replace(self, errors=FormErrors({"list_price": _("State the price.")}))

    def refused(self, errors: FormErrors) -> PriceForm:
        """The same form with what properties found wrong with it."""
        return replace(self, errors=errors_shown(errors))


@dataclass(frozen=True)
class StatusForm:
    """Another status and why."""

    standard_status: str = ""
    reason: str = ""
    errors: FormErrors = field(default_factory=FormErrors)

    @classmethod
    def from_form(cls, typed: Mapping[str, str]) -> StatusForm:
        """What was chosen."""
        values, errors = StatusFields.read(typed)
        return cls(values["standard_status"], values["reason"], errors)

    def refused(self, errors: FormErrors) -> StatusForm:
        """The same form with what properties found wrong with it."""
        return replace(self, errors=errors_shown(errors))


@dataclass(frozen=True)
class AnswerForm:
    """What the owner said of one thing (`about`, a word of matching), and how it changes the listing."""

    about: str
    answer: str = ""
    body: ListingFacts = field(default_factory=ListingFacts)
    error: str = ""

    @property
    def field(self) -> str:
        """The field of the listing that the answer belongs to; the word itself for a feature."""
        return ANSWERED_BY.get(self.about, self.about)

    @classmethod
    def from_form(cls, typed: Mapping[str, str], listing: Listing) -> AnswerForm:
        """What was typed, as a change of the listing at the version that the form was opened with."""
        values, _errors = AnswerFields.read(typed)
        form = cls(values["about"], values["answer"])
        if values["version"] != str(listing["version"]):
            return replace(form, error=changed_meanwhile())
        if not form.answer:
            return replace(form, error=_("Say what the owner said."))
        if form.field == "property_sub_type":
            return replace(form, body={"property_sub_type": form.answer})
        if form.field in listing:
            return form._as_number(typed)
        return replace(form, body=_with_feature(listing, form.about, has_it=form.answer == "yes"))

    def refused(self, errors: FormErrors) -> AnswerForm:
        """The same form with what properties found wrong with it."""
        return replace(self, error=next(iter(errors_shown(errors).values()), ""))

    def _as_number(self, typed: Mapping[str, str]) -> AnswerForm:
        fields = PlainNumberAnswerFields if self.field in PLAIN_NUMBERS else NumberAnswerFields
        values, errors = fields.read(typed)
        body: dict[str, Any] = {self.field: values["answer"]}  # the one field that was asked for
        return replace(self, body=cast(ListingFacts, body), error=errors.get("answer", ""))


def errors_shown(errors: FormErrors) -> FormErrors:
    """Errors of properties under the names of the form's fields; those of fields that no form shows stand on top."""
    shown, others = FormErrors(), []
    for name, text in errors.items():
        shown_as = _form_field(name)
        if shown_as in SHOWN or shown_as.startswith(("remarks_", "feature_")):
            shown[shown_as] = text
        elif shown_as:
            others.append(f"{shown_as}: {text}")
        else:
            shown[""] = text
    if others:
        shown[""] = " ".join(filter(None, (shown.get(""), *others)))
    return shown


def _form_field(name: str) -> str:
    group, _dot, rest = name.partition(".")
    if group == "public_remarks":
        return f"remarks_{rest.partition('.')[0]}"
    return FORM_FIELDS.get(group, group)


def _photo(line: str) -> Photo:
    """An address, and after a blank what the picture shows."""
    url, _blank, alt = line.partition(" ")
    return {"url": url, "alt": alt.strip() or None}


def _with_feature(listing: Listing, feature: str, *, has_it: bool) -> ListingFacts:
    """The features of the listing with one more that it has, or is known not to have."""
    has = {*listing["features"]} - {feature}
    lacks = {*listing["features_absent"]} - {feature}
    (has if has_it else lacks).add(feature)
    return {"features": sorted(has), "features_absent": sorted(lacks)}
