"""Columns chosen on a page become a mapping that properties reads."""

from __future__ import annotations

import pytest

from services.gateway.pages.imports.forms import MappingForm
from services.gateway.upstream.properties import UploadedFile
from services.properties.feeds import mapping
from tests.builders import an_uploaded_file

CHOSEN = {"how": "page", "transaction": "sale", "currency": "eur", "country": "", "property_sub_type": ""}
CHOSEN |= {"unit": "sqft", "dates": "%d/%m/%Y", "encoding": "windows-1252", "delimiter": ";", "decimal": ","}

pytestmark = pytest.mark.usefixtures("in_english")


def file_of(*names: str) -> UploadedFile:
    return an_uploaded_file(columns=[{"name": name, "samples": [], "field": None} for name in names])


def test_properties_reads_what_was_chosen() -> None:
    fields = ["listing_id", "living_area", "on_market_date", "feature:lift", "", "property_sub_type"]
    typed = CHOSEN | {f"column_{at}": field for at, field in enumerate(fields)}
    form = MappingForm.from_form(typed, file_of('Ref "A"', "Área [ft²]", "Desde", "Ascensor?", "x\\y", "Tipo"))
    assert form.errors == {}
    assert form.mapping is not None
    read = mapping.read(form.mapping.toml())
    assert read.reference_column == 'Ref "A"'
    assert read.columns == {'Ref "A"', "Área [ft²]", "Desde", "Ascensor?", "Tipo"}
    assert read.constants == {"transaction": "sale", "currency": "EUR"}
    assert (read.file["delimiter"], read.file["decimal"], read.file["thousands"]) == (";", ",", ".")
    assert read.fields["living_area"]["factor"] == pytest.approx(0.09290304)
    assert read.fields["on_market_date"]["dates"] == ["%d/%m/%Y"]
    assert read.fields["property_sub_type"]["values"]["piso"] == "apartment"
    (feature,) = read.features
    assert (feature["values"]["sí"], feature["values"]["no"]) == (["lift"], ["-lift"])


def test_a_tab_between_cells_is_a_choice() -> None:
    form = MappingForm.from_form(CHOSEN | {"delimiter": "\t", "column_0": "listing_id"}, file_of("a"))
    assert form.errors == {}


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"column_0": ""}, {"listing_id"}),
        ({"column_1": "listing_id"}, {"column_0", "column_1"}),
        ({"column_1": "nonsense"}, {"column_1"}),
        ({"column_1": "agent_member_id"}, {"column_1"}),
        ({"encoding": "x", "decimal": ""}, {"encoding", "decimal"}),
    ],
)
def test_what_is_missing_twice_or_unknown_is_named(changes: dict[str, str], errors: set[str]) -> None:
    typed = CHOSEN | {"column_0": "listing_id", "column_1": ""} | changes
    form = MappingForm.from_form(typed, file_of("a", "b"))
    assert (set(form.errors), form.mapping) == (errors, None)


def test_another_way_to_read_the_file_needs_no_columns() -> None:
    form = MappingForm.from_form({"how": "shipped:king_county"}, file_of("a"))
    assert (form.shipped, form.errors, form.mapping) == ("king_county", {}, None)
    assert MappingForm.from_form({"how": "file"}, file_of("a")).shipped == ""
