"""Importing at an agent's browser: the file, its columns, the preview, taking it in."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.integration.gateway.house import token_in
from tests.integration.gateway.office import Office, open_office
from tests.integration.gateway.quarter import Quarter
from tests.integration.properties.feeding import an_importer

EXCERPT = Path(__file__).parents[4] / "data" / "king_county_100.csv"
OWN = "Referencia;Precio;Habitaciones;Área;Ascensor;Tipo\nX-1;210.000 €;3;90,5;sí;Piso\nX-2;caro;2;70;no;Casa\n"
AS_SAID = {"how": "page", "transaction": "sale", "currency": "EUR", "country": "es", "unit": "m2"}
AS_SAID |= {"dates": "%d/%m/%Y", "encoding": "utf-8", "delimiter": ";", "decimal": ","}


@pytest.fixture
def office(quarter: Quarter) -> Office:
    return open_office(quarter)


def hand_in(office: Office, content: bytes, name: str = "homes.csv") -> Any:
    form = {"csrf_token": token_in(office.page("/imports")), "file": (io.BytesIO(content), name)}
    return office.browser.post("/imports", data=form, content_type="multipart/form-data")


def columns_of(office: Office, content: bytes) -> str:
    """The address of the second step for a file."""
    answer = hand_in(office, content)
    assert answer.status_code == 303, answer.text[-900:]
    return str(answer.headers["Location"])


def work(office: Office) -> None:
    importer = an_importer(office.quarter.rooms["properties"])
    while importer.turn():
        pass
    office.quarter.deliver()


def test_a_known_file_is_previewed_and_then_taken_in(office: Office) -> None:
    path = columns_of(office, EXCERPT.read_bytes())
    assert "As King County" in office.page(path)
    tried = office.send(path, {"how": "shipped:king_county"})
    assert tried.status_code == 303, tried.text[-900:]
    preview = tried.headers["Location"]
    waiting = office.page(preview)
    assert 'hx-trigger="load delay' in waiting
    assert "<progress" in waiting
    work(office)
    shown = office.part(preview)
    assert "<b>99</b> new homes, <b>1</b> changed" in shown
    assert 'hx-trigger="load delay' not in shown
    assert "data-row" not in office.page("/listings")
    taken = office.send(f"{preview}/run", {}, asked=preview)
    assert taken.status_code == 303, taken.text[-900:]
    work(office)
    assert "<b>99</b> new homes" in office.page(taken.headers["Location"])
    assert "Bellevue" in office.page("/listings?q=bellevue")


def test_columns_chosen_on_the_page_read_a_file_of_ones_own(office: Office) -> None:
    path = columns_of(office, OWN.encode())
    page = office.page(path)
    assert '<option value="listing_id" selected' in page
    assert '<option value="living_area" selected' in page
    fields = ["listing_id", "list_price", "bedrooms_total", "living_area", "feature:lift", "property_sub_type"]
    chosen = {f"column_{at}": field for at, field in enumerate(fields)}
    tried = office.send(path, AS_SAID | chosen)
    assert tried.status_code == 303, tried.text[-900:]
    work(office)
    preview = tried.headers["Location"]
    assert "Column Precio: “caro” is no number." in office.page(preview)
    work_in = office.send(f"{preview}/run", {}, asked=preview)
    work(office)
    assert work_in.status_code == 303
    made = office.quarter.rooms["properties"].call("GET", "/v1/listings", agency=office.agency).json["items"]
    assert [(home["listing_id"], home["list_price"], home["living_area"]) for home in made] == [("X-1", 210_000, 90.5)]
    assert (made[0]["features"], made[0]["property_sub_type"], made[0]["country"]) == (["lift"], "apartment", "ES")


def test_refused_rows_are_handed_out_as_they_stood_with_what_is_wrong(office: Office) -> None:
    path = columns_of(office, OWN.replace("X-2", "=X-2").encode())
    tried = office.send(path, AS_SAID | {"column_0": "listing_id", "column_1": "list_price"})
    work(office)
    answer = office.browser.get(f"{tried.headers['Location']}/refused.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    header, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert header == ["Row", "Referencia", "Precio", "What is wrong"]
    assert row[:3] == ["3", "'=X-2", "caro"]
    assert "is no number" in row[3]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"column_0": ""}, "Say which column holds your reference"),
        ({"column_1": "listing_id"}, "Two columns cannot both be this."),
        ({"column_1": "nonsense"}, "There is no such choice."),
        ({"decimal": "x"}, "Choose one."),
        ({"how": "file"}, "Choose a mapping file."),
        ({"how": "shipped:nothing"}, "name one of: king_county"),
        ({"country": "Spain"}, "country"),
    ],
)
def test_columns_that_do_not_do_are_named_and_what_was_chosen_stays(
    office: Office, changes: dict[str, str], sentence: str
) -> None:
    path = columns_of(office, OWN.encode())
    form = AS_SAID | {"column_0": "listing_id", "column_1": "list_price", "column_2": "year_built"} | changes
    answer = office.send(path, form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert '<option value="year_built" selected' in answer.text


def test_no_file_and_what_is_no_table_are_told_beside_the_field(office: Office) -> None:
    none = office.send("/imports", {})
    assert (none.status_code, "Choose a file." in none.text) == (422, True)
    wrong = hand_in(office, b"one column\n1\n")
    assert wrong.status_code == 422
    assert 'id="e-file"' in wrong.text


def test_anothers_files_and_imports_are_not_there(office: Office, quarter: Quarter) -> None:
    other = open_office(quarter)
    path = columns_of(other, OWN.encode())
    tried = other.send(path, AS_SAID | {"column_0": "listing_id"}).headers["Location"]
    work(other)
    for each in (path, tried, f"{tried}/refused.csv"):
        assert office.browser.get(each).status_code == 404, each
    assert office.send(f"{tried}/run", {}, asked="/imports").status_code == 404
