"""Bytes to rows."""

from __future__ import annotations

import pytest

from services.properties.feeds import mapping, table
from shared.errors import Invalid

RULES = '[fields.listing_id]\ncolumn = "ref"\n[fields.list_price]\ncolumn = "price"\n'
MAPPING = mapping.read(RULES)


def numbers(text: str) -> list[tuple[int, bool]]:
    return [(row.number, bool(row.fault)) for row in table.table_rows(text, MAPPING)]


def test_rows_are_numbered_as_spreadsheets_do_and_blank_ones_left_out() -> None:
    assert numbers("ref,price\nA,1\n\n,\nB,2\n") == [(2, False), (5, False)]


def test_a_cell_may_hold_commas_quotes_and_new_lines() -> None:
    rows = list(table.table_rows('ref,price\n"A, ""one""\nhome",1\nB,2', MAPPING))
    assert [row.cells["ref"] for row in rows] == ['A, "one"\nhome', "B"]


@pytest.mark.parametrize("bad", ['"A,1', 'A,"1"2', "A", "A,1,2"])
def test_one_broken_row_never_takes_the_next_ones_along(bad: str) -> None:
    assert numbers(f"ref,price\nA,1\n{bad}\nB,2\nC,3\n") == [(2, False), (3, True), (4, False), (5, False)]


def test_columns_may_stand_anywhere_and_others_are_left_out() -> None:
    [row] = table.table_rows("x, price ,ref\n9,1, A ", MAPPING)
    assert row.cells == {"ref": "A", "price": "1"}


def test_encodings_and_delimiters_are_options() -> None:
    other = mapping.read('[file]\nencoding = "windows-1252"\ndelimiter = ";"\n' + RULES)
    content = "ref;price\nÁ;1\n".encode("windows-1252")
    assert table.check(content, other) == 1
    assert next(table.table_rows(table.decode(content, other), other)).cells["ref"] == "Á"
    assert table.check("\ufeffref,price\nA,1".encode(), MAPPING) == 1


def test_a_file_of_broken_rows_is_refused_whole() -> None:
    with pytest.raises(Invalid) as refused:
        table.check(("ref,price\n" + "A\n" * 1001).encode(), MAPPING)
    assert "More than 1000 rows up to" in str(refused.value.errors)
