"""What the owner of a listing answered: one thing, as a change of the listing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from services.gateway.components.listing.errors import errors_shown
from services.gateway.components.listing.questions import field_of
from services.gateway.upstream.properties import Listing, ListingFacts
from services.gateway.web.forms.fields import Number, Text
from services.gateway.web.forms.page_form import FormErrors, PageForm, changed_meanwhile
from services.gateway.web.language import gettext as _


class AnswerFields(PageForm):
    """What the owner said of one thing, and the version of the listing that the form was opened with."""

    about = Text(empty="")
    answer = Text(empty="")
    version = Text(empty="")


class NumberAnswerFields(PageForm):
    """An answer that is a number."""

    answer = Number()


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
        return field_of(self.about)

    @classmethod
    def from_form(cls, typed: Mapping[str, str], listing: Listing) -> AnswerForm:
        """What was typed, as a change of the listing at the version that the form was opened with."""
        values, _errors = AnswerFields.read(typed)
        form = cls(values["about"], values["answer"])
        if values["version"] != str(listing["version"]):
            return replace(form, error=changed_meanwhile())
        if not form.answer:
            return replace(form, error=_("Enter what the owner said."))
        if form.field == "property_sub_type":
            return replace(form, body={"property_sub_type": form.answer})
        if form.field in listing:
            return form._as_number(typed)
        return replace(form, body=_with_feature(listing, form.about, has_it=form.answer == "yes"))

    def refused(self, errors: FormErrors) -> AnswerForm:
        """The same form with what properties found wrong with it."""
        return replace(self, error=next(iter(errors_shown(errors, ()).values()), ""))

    def _as_number(self, typed: Mapping[str, str]) -> AnswerForm:
        values, errors = NumberAnswerFields.read(typed)
        body: dict[str, Any] = {self.field: values["answer"]}  # the one field that was asked for
        return replace(self, body=cast(ListingFacts, body), error=errors.get("answer", ""))


def _with_feature(listing: Listing, feature: str, *, has_it: bool) -> ListingFacts:
    """The features of the listing with one more that it has, or is known not to have."""
    has = {*listing["features"]} - {feature}
    lacks = {*listing["features_absent"]} - {feature}
    (has if has_it else lacks).add(feature)
    return {"features": sorted(has), "features_absent": sorted(lacks)}
