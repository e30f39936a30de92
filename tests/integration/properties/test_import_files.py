"""Files that are looked at first, tried, and then taken in."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.integration.properties.feeding import inspect_file, report, run
from tests.integration.properties.test_king_county import EXCERPT
from tests.integration.rooms import Room

OWN = b"""
[constants]
transaction = "sale"
currency = "EUR"
[fields.listing_id]
column = "ref"
[fields.list_price]
column = "price"
"""


def start(room: Room, agency: str = "agency-a", **form: Any) -> Any:
    return room.call("POST", "/v1/imports", agency=agency, data=form, content_type="multipart/form-data")


def test_a_file_tells_its_columns_and_which_shipped_mapping_reads_it(room: Room) -> None:
    told = inspect_file(room, EXCERPT.read_bytes()).json
    assert (told["encoding"], told["delimiter"], told["mapping"]) == ("utf-8", ",", "king_county")
    columns = {column["name"]: column for column in told["columns"]}
    assert columns["price"]["field"] == "list_price"
    assert len(columns["price"]["samples"]) == 3
    assert room.call("GET", f"/v1/imports/files/{told['id']}").json == told
    assert room.call("GET", f"/v1/imports/files/{told['id']}", agency="agency-b").status_code == 404


def test_a_spreadsheet_of_windows_with_semicolons_is_seen_through(room: Room) -> None:
    told = inspect_file(room, "Referencia;Precio;Descripción;Área\nA-1;100000;Piso;90,5\n".encode("windows-1252")).json
    assert (told["encoding"], told["delimiter"], told["decimal"]) == ("windows-1252", ";", ",")
    assert [column["field"] for column in told["columns"]] == [
        "listing_id",
        "list_price",
        "public_remarks.es",
        "living_area",
    ]
    assert told["mapping"] is None


@pytest.mark.parametrize("content", [b"", b"\n", b"one column\nx\n", b"a,b\n", b"a,b\n\0,1\n"])
def test_what_is_no_table_is_refused_by_name(room: Room, content: bytes) -> None:
    answer = inspect_file(room, content)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["file"])


def test_a_file_that_was_tried_is_taken_in_without_being_sent_again(room: Room) -> None:
    file = inspect_file(room, EXCERPT.read_bytes(), "agency-t").json
    tried = start(room, "agency-t", file_id=file["id"], mapping="king_county", dry_run="true")
    assert tried.status_code == 202, tried.json
    path = f"/v1/imports/{tried.json['id']}/runs"
    assert room.call("POST", path, agency="agency-t").status_code == 409
    dry = run(room, tried.json, "agency-t")
    assert room.call("GET", "/v1/listings/counts", agency="agency-t").json["total"] == 0
    answer = room.call("POST", path, agency="agency-t")
    assert answer.status_code == 202, answer.json
    done = run(room, answer.json, "agency-t")
    assert (done["dry_run"], done["counts"], done["file_name"]) == (False, dry["counts"], "homes.csv")
    assert room.call("GET", "/v1/listings/counts", agency="agency-t").json["total"] == done["counts"]["created"]
    assert room.call("POST", f"/v1/imports/{done['id']}/runs", agency="agency-t").status_code == 409


def test_a_refused_row_shows_what_stood_in_it(room: Room) -> None:
    file = inspect_file(room, b"ref,price\nA,100\nB,much\n", "agency-r").json
    form = {"file_id": file["id"], "mapping": (io.BytesIO(OWN), "own.toml")}
    job = run(room, start(room, "agency-r", **form).json, "agency-r")
    assert job["counts"] == {"created": 1, "updated": 0, "unchanged": 0, "refused": 1}
    (row,) = report(room, job, "refused", "agency-r")
    assert (row["row"], row["cells"]) == (3, {"ref": "B", "price": "much"})


def test_a_file_is_sent_or_named_never_both_and_never_anothers(room: Room) -> None:
    file = inspect_file(room, EXCERPT.read_bytes(), "agency-x").json
    neither = start(room, "agency-x", mapping="king_county")
    both = start(room, "agency-x", mapping="king_county", file_id=file["id"], file=(io.BytesIO(b"a"), "a.csv"))
    assert [(answer.status_code, list(answer.json["errors"])) for answer in (neither, both)] == [(422, ["file"])] * 2
    foreign = start(room, "agency-y", mapping="king_county", file_id=file["id"])
    assert (foreign.status_code, list(foreign.json["errors"])) == (422, ["file_id"])
    assert room.call("POST", "/v1/imports/nothing/runs", agency="agency-x").status_code == 404


def test_the_shipped_mappings_are_listed_with_their_columns(room: Room) -> None:
    (one,) = room.call("GET", "/v1/imports/mappings").json["items"]
    assert one["name"] == "king_county"
    assert {"id", "price", "zipcode"} <= set(one["columns"])
