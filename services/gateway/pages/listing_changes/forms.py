"""Another price or status of a listing, and why, as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.gateway.components.listing.errors import errors_shown
from services.gateway.web.forms.fields import Number, Text
from services.gateway.web.forms.page_form import FormErrors, PageForm
from services.gateway.web.language import gettext as _


class PriceFields(PageForm):
    """Another price and why."""

    list_price = Number()
    reason = Text(empty="")


class StatusFields(PageForm):
    """Another status and why."""

    standard_status = Text(empty="")
    reason = Text(empty="")


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
        return replace(self, errors=errors_shown(errors, PriceFields().fields))


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
        return replace(self, errors=errors_shown(errors, StatusFields().fields))
