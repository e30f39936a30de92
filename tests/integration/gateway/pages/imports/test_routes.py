"""Importing at an agent's browser: the file, its columns, the preview, taking it in."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.integration.gateway.agency_world import AgencyWorld, open_agency_world
from tests.integration.gateway.gateway_client import token_in
from tests.integration.gateway.services_world import ServicesWorld
from tests.integration.properties.feeding import an_importer

EXCERPT = Path(__file__).parents[4] / "data" / "king_county_100.csv"
OWN = "Referencia;Precio;Habitaciones;Área;Ascensor;Tipo\nX-1;210.000 €;3;90,5;sí;Piso\nX-2;caro;2;70;no;Casa\n"
AS_SAID = {"how": "page", "transaction": "sale", "currency": "EUR", "country": "es", "unit": "m2"}
AS_SAID |= {"dates": "%d/%m/%Y", "encoding": "utf-8", "delimiter": ";", "decimal": ","}


@pytest.fixture
def agency_world(services_world: ServicesWorld) -> AgencyWorld:
    return open_agency_world(services_world)


def hand_in(agency_world: AgencyWorld, content: bytes, name: str = "homes.csv") -> Any:
    form = {"csrf_token": token_in(agency_world.page("/imports")), "file": (io.BytesIO(content), name)}
    return agency_world.browser.post("/imports", data=form, content_type="multipart/form-data")


def columns_of(agency_world: AgencyWorld, content: bytes) -> str:
    """The address of the second step for a file."""
    answer = hand_in(agency_world, content)
    assert answer.status_code == 303, answer.text[-900:]
    return str(answer.headers["Location"])


def work(agency_world: AgencyWorld) -> None:
    importer = an_importer(agency_world.services_world.rooms["properties"])
    while importer.turn():
        pass
    agency_world.services_world.deliver()


def test_a_known_file_is_previewed_and_then_taken_in(agency_world: AgencyWorld) -> None:
    path = columns_of(agency_world, EXCERPT.read_bytes())
    assert "As King County" in agency_world.page(path)
    tried = agency_world.send(path, {"how": "shipped:king_county"})
    assert tried.status_code == 303, tried.text[-900:]
    preview = tried.headers["Location"]
    waiting = agency_world.page(preview)
    assert 'hx-trigger="load delay' in waiting
    assert "<progress" in waiting
    work(agency_world)
    shown = agency_world.part(preview)
    assert "<b>99</b> new homes, <b>1</b> changed" in shown
    assert 'hx-trigger="load delay' not in shown
    assert "data-row" not in agency_world.page("/listings")
    taken = agency_world.send(f"{preview}/run", {}, asked=preview)
    assert taken.status_code == 303, taken.text[-900:]
    work(agency_world)
    assert "<b>99</b> new homes" in agency_world.page(taken.headers["Location"])
    assert "Bellevue" in agency_world.page("/listings?q=bellevue")


def test_columns_chosen_on_the_page_read_a_file_of_ones_own(agency_world: AgencyWorld) -> None:
    path = columns_of(agency_world, OWN.encode())
    page = agency_world.page(path)
    assert '<option value="listing_id" selected' in page
    assert '<option value="living_area" selected' in page
    fields = ["listing_id", "list_price", "bedrooms_total", "living_area", "feature:lift", "property_sub_type"]
    chosen = {f"column_{at}": field for at, field in enumerate(fields)}
    tried = agency_world.send(path, AS_SAID | chosen)
    assert tried.status_code == 303, tried.text[-900:]
    work(agency_world)
    preview = tried.headers["Location"]
    assert "Column Precio: “caro” is not a number." in agency_world.page(preview)
    work_in = agency_world.send(f"{preview}/run", {}, asked=preview)
    work(agency_world)
    assert work_in.status_code == 303
    made = (
        agency_world.services_world.rooms["properties"]
        .call("GET", "/v1/listings", agency=agency_world.agency)
        .json["items"]
    )
    assert [(home["listing_id"], home["list_price"], home["living_area"]) for home in made] == [("X-1", 210_000, 90.5)]
    assert (made[0]["features"], made[0]["property_sub_type"], made[0]["country"]) == (["lift"], "apartment", "ES")


def test_refused_rows_are_handed_out_as_they_stood_with_what_is_wrong(agency_world: AgencyWorld) -> None:
    path = columns_of(agency_world, OWN.replace("X-2", "=X-2").encode())
    tried = agency_world.send(path, AS_SAID | {"column_0": "listing_id", "column_1": "list_price"})
    work(agency_world)
    answer = agency_world.browser.get(f"{tried.headers['Location']}/refused.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    header, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert header == ["Row", "Referencia", "Precio", "What is wrong"]
    assert row[:3] == ["3", "'=X-2", "caro"]
    assert "is not a number" in row[3]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"column_0": ""}, "Choose the column that holds your reference"),
        ({"column_1": "listing_id"}, "Two columns cannot be the same field."),
        ({"column_1": "nonsense"}, "This is not one of the options."),
        ({"decimal": "x"}, "Choose one."),
        ({"how": "file"}, "Choose a mapping file."),
        ({"how": "shipped:nothing"}, "these mappings: king_county"),
        ({"country": "Spain"}, "country"),
    ],
)
def test_columns_that_do_not_do_are_named_and_what_was_chosen_stays(
    agency_world: AgencyWorld, changes: dict[str, str], sentence: str
) -> None:
    path = columns_of(agency_world, OWN.encode())
    form = AS_SAID | {"column_0": "listing_id", "column_1": "list_price", "column_2": "year_built"} | changes
    answer = agency_world.send(path, form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert '<option value="year_built" selected' in answer.text


def test_no_file_and_what_is_no_table_are_told_beside_the_field(agency_world: AgencyWorld) -> None:
    none = agency_world.send("/imports", {})
    assert (none.status_code, "Choose a file." in none.text) == (422, True)
    wrong = hand_in(agency_world, b"one column\n1\n")
    assert wrong.status_code == 422
    assert 'id="e-file"' in wrong.text


def test_anothers_files_and_imports_are_not_there(agency_world: AgencyWorld, services_world: ServicesWorld) -> None:
    other = open_agency_world(services_world)
    path = columns_of(other, OWN.encode())
    tried = other.send(path, AS_SAID | {"column_0": "listing_id"}).headers["Location"]
    work(other)
    for each in (path, tried, f"{tried}/refused.csv"):
        assert agency_world.browser.get(each).status_code == 404, each
    assert agency_world.send(f"{tried}/run", {}, asked="/imports").status_code == 404
