"""The filter of the listings: read from an address, sent to properties, and written into other addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from services.gateway.upstream import properties
from services.gateway.web.forms.fields import NotNegative, Text
from services.gateway.web.forms.page_form import FormErrors, PageForm

SORTS = ("newest", "price", "-price")


class FilterFields(PageForm):
    """What the filter's form holds."""

    q = Text()
    standard_status = Text()
    transaction = Text()
    property_sub_type = Text()
    city = Text()
    list_price_min = NotNegative()
    list_price_max = NotNegative()
    bedrooms_min = NotNegative()
    living_area_min = NotNegative()


@dataclass(frozen=True)
class ListingFilter:
    """Which listings are shown, as a table or on the map, and in which order.

    `typed` are the fields that hold something; `query` is what properties takes, without what cannot be read.
    """

    typed: Mapping[str, str]
    query: properties.ListingFilter
    errors: FormErrors
    sort: str = "newest"
    is_map: bool = False
    cursor: str | None = None

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> ListingFilter:
        """The filter that an address holds."""
        typed = {name: text for name in FilterFields().fields if (text := args.get(name, "").strip())}
        values, errors = FilterFields.read(typed)
        # the bounds of properties are whole numbers
        query = {name: int(value) if isinstance(value, float) else value for name, value in values.items()}
        sort = args.get("sort", "")
        return cls(
            typed,
            cast(properties.ListingFilter, query),
            errors,
            sort if sort in SORTS else "newest",
            args.get("view") == "map",
            args.get("cursor"),
        )

    def path(self, **changes: str | None) -> str:
        """The address of the same listings with one thing changed, from the first page on; "" removes a field."""
        view = "map" if self.is_map else ""
        kept: dict[str, str | None] = {**self.typed, "view": view, "sort": self.sort, **changes}
        usual = {"view": "table", "sort": "newest"}
        query = urlencode({name: text for name, text in kept.items() if text and usual.get(name) != text})
        return f"/listings?{query}" if query else "/listings"
