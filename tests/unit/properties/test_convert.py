"""Cells to facts."""

from __future__ import annotations

from typing import Any

import pytest

from services.properties.feeds import mapping
from services.properties.feeds.convert import Errors, facts_of

REFERENCE = '[fields.listing_id]\ncolumn = "ref"\n'


def convert(rules: str, **cells: str) -> tuple[dict[str, Any], Errors]:
    return facts_of({"ref": "R", **cells}, mapping.read(rules + REFERENCE))


@pytest.mark.parametrize(
    ("rules", "cell", "expected"),
    [
        ("", "221900.0", 221900),
        ("", "0.5", 0.5),
        ("", ".5", 0.5),
        ("factor = 0.09290304\nround = 2", "2570", 238.76),
        ("round = 1", "1.25", 1.2),
        ('remove = ["EUR", " "]', "EUR 1 200", 1200),
    ],
)
def test_numbers_are_read_exactly(rules: str, cell: str, expected: float) -> None:
    facts, errors = convert(f'[fields.living_area]\ncolumn = "area"\n{rules}\n', area=cell)
    assert (facts["living_area"], errors) == (expected, {})


@pytest.mark.parametrize("cell", ["NaN", "inf", "1e5", "1,5", "12 m2", "--1", "0x10", "\u0663", "1" * 400])
def test_what_is_not_a_number_is_refused_with_its_column(cell: str) -> None:
    facts, errors = convert('[fields.living_area]\ncolumn = "area"\n', area=cell)
    assert "living_area" not in facts
    [error] = errors["living_area"]
    assert (error.code, error.figures) == ("cell_not_a_number", {"cell": cell[:40], "column": "area"})


def test_a_decimal_comma_is_an_option() -> None:
    rules = '[file]\ndecimal = ","\nthousands = "."\n[fields.list_price]\ncolumn = "p"\n'
    assert convert(rules, p="1.234.567,50")[0]["list_price"] == 1234567.5


def test_empty_marks_state_nothing() -> None:
    rules = '[file]\nempty = ["?", "NA"]\n[fields.year_built]\ncolumn = "y"\n'
    assert [convert(rules, y=cell)[0] for cell in ("?", "na", "")] == [{"listing_id": "R"}] * 3


def test_the_first_date_format_that_fits_is_taken() -> None:
    rules = '[fields.on_market_date]\ncolumn = "d"\ndates = ["%m/%d/%Y", "%Y%m%dT%H%M%S"]\n'
    assert convert(rules, d="20141013T000000")[0]["on_market_date"] == "2014-10-13"
    assert convert(rules, d="31/12/2014")[1] == {
        "on_market_date": ["Column d: \u201c31/12/2014\u201d is not a date like %m/%d/%Y, %Y%m%dT%H%M%S."]
    }


def test_words_are_translated_and_unknown_ones_refused() -> None:
    rules = '[fields.property_sub_type]\ncolumn = "t"\nvalues = { Piso = "apartment" }\n'
    assert convert(rules, t="PISO")[0]["property_sub_type"] == "apartment"
    [error] = convert(rules, t="Castillo")[1]["property_sub_type"]
    assert (error.code, error.figures) == ("cell_not_mapped", {"cell": "Castillo", "column": "t"})
    assert convert(rules.replace("values", 'otherwise = "x"\nvalues'), t="Castillo")[0]["property_sub_type"] == "x"


def test_features_come_from_several_columns_with_a_minus_for_the_absent() -> None:
    rules = """
[constants]
features = ["garden"]
[[features]]
column = "a"
values = { yes = ["pool", "terrace"], no = ["-pool"] }
[[features]]
column = "b"
values = { "0" = ["-lift"] }
otherwise = ["lift"]
"""
    for cells, there, absent in (
        (("yes", "2"), ["garden", "pool", "terrace", "lift"], None),
        (("no", "0"), ["garden"], ["pool", "lift"]),
        (("", ""), ["garden"], None),
    ):
        facts, _ = convert(rules, a=cells[0], b=cells[1])
        assert (facts["features"], facts.get("features_absent")) == (there, absent)


def test_remarks_photos_and_owners() -> None:
    rules = """
[fields."public_remarks.es"]
column = "es"
[fields.photos]
column = "pictures"
[fields.owner_contact_ids]
column = "owners"
separator = ";"
"""
    facts, _ = convert(rules, es="Luminoso", pictures="https://a/1.jpg | https://a/2.jpg", owners="c1;c2")
    assert facts["public_remarks"] == {"es": "Luminoso"}
    assert facts["photos"] == [{"url": "https://a/1.jpg"}, {"url": "https://a/2.jpg"}]
    assert facts["owner_contact_ids"] == ["c1", "c2"]
