"""The figures of wishes, as they are typed in the reader's notation."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from services.gateway.web.formats import number
from services.gateway.web.forms.fields import Number
from services.gateway.web.forms.page_form import PageForm
from services.gateway.web.language import gettext as _


class Figure(Number):
    """A figure of the form from 0 to `most`, whole or not; `plain` without the reader's separators."""

    def __init__(self, most: float, *, whole: bool = False, plain: bool = False) -> None:
        super().__init__(plain=plain)
        self.most, self.whole = most, whole

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int | float | None:
        figure = super()._deserialize(value, attr, data, **kwargs)
        if figure is not None and not 0 <= figure <= self.most:
            raise ValidationError(_("Enter a number from 0 to %(most)s.") % {"most": number(self.most)})
        if figure is not None and self.whole and figure != int(figure):
            raise ValidationError(_("Enter a whole number."))
        return figure


class WishFigures(PageForm):
    """The figures that wishes may hold."""

    list_price_min = Figure(1e10)
    list_price_max = Figure(1e10)
    bedrooms_min = Figure(100, whole=True)
    bedrooms_max = Figure(100, whole=True)
    bathrooms_min = Figure(100, whole=True)
    living_area_min = Figure(1e6)
    living_area_max = Figure(1e6)
    lot_size_area_min = Figure(1e9)
    year_built_min = Figure(3000, whole=True, plain=True)
    tolerance_percent = Figure(50, whole=True)


class Radius(PageForm):
    """The radius of a circle, as it is typed in the list of areas."""

    radius_km = Number()


FIGURES = tuple(WishFigures().fields)
PLAIN_FIGURES = ("year_built_min",)
