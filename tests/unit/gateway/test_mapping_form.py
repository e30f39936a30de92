"""Columns chosen on a page become a mapping that the service reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from services.gateway.pages.imports.mapping_form import Wrong, mapping_typed
from services.properties.feeds import mapping

TYPED = {"transaction": "sale", "currency": "eur", "country": "", "property_sub_type": "", "unit": "sqft"}
TYPED |= {"dates": "%d/%m/%Y", "encoding": "windows-1252", "delimiter": ";", "decimal": ","}


@pytest.fixture(autouse=True)
def in_a_request() -> Iterator[None]:
    """Names of fields are told in the language of a page."""
    with Flask("page").test_request_context():
        yield


def file_of(*names: str) -> dict[str, Any]:
    return {"columns": [{"name": name, "samples": [], "field": None} for name in names]}


def test_the_service_reads_what_was_chosen() -> None:
    chosen = ["listing_id", "living_area", "on_market_date", "feature:lift", "", "property_sub_type"]
    typed = TYPED | {f"column_{at}": field for at, field in enumerate(chosen)}
    told = mapping.read(mapping_typed(typed, file_of('Ref "A"', "Área [ft²]", "Desde", "Ascensor?", "x\\y", "Tipo")))
    assert told.reference_column == 'Ref "A"'
    assert told.columns == {'Ref "A"', "Área [ft²]", "Desde", "Ascensor?", "Tipo"}
    assert told.constants == {"transaction": "sale", "currency": "EUR"}
    assert (told.file["delimiter"], told.file["decimal"], told.file["thousands"]) == (";", ",", ".")
    assert told.fields["living_area"]["factor"] == pytest.approx(0.09290304)
    assert told.fields["on_market_date"]["dates"] == ["%d/%m/%Y"]
    assert told.fields["property_sub_type"]["values"]["piso"] == "apartment"
    (feature,) = told.features
    assert (feature["values"]["sí"], feature["values"]["no"]) == (["lift"], ["-lift"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"column_0": ""}, "listing_id"), ({"column_1": "listing_id"}, "column_1"), ({"encoding": "x"}, "encoding")],
)
def test_what_is_missing_or_twice_is_named(changes: dict[str, str], field: str) -> None:
    with pytest.raises(Wrong) as refused:
        mapping_typed(TYPED | {"column_0": "listing_id", "column_1": ""} | changes, file_of("a", "b"))
    assert field in refused.value.faults
