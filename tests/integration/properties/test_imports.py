"""Imports: bad rows, updates, dry runs, files that are no good, workers that are killed."""

from typing import Any

import pytest

from tests.integration.properties.feeding import an_importer, hand_in, offer, report, run
from tests.integration.properties.test_king_county import EXCERPT
from tests.integration.rooms import Room

MAPPING = b"""
[constants]
transaction = "sale"
currency = "EUR"

[fields.listing_id]
column = "ref"
[fields.list_price]
column = "price"
[fields.bedrooms_total]
column = "beds"
[fields.living_area]
column = "area"
[fields.year_built]
column = "built"
[fields.latitude]
column = "lat"
[fields.longitude]
column = "long"
[fields.country]
column = "country"
[fields.on_market_date]
column = "since"
dates = ["%d/%m/%Y"]
[fields.standard_status]
column = "state"
values = { "for sale" = "active", sold = "closed" }
[[features]]
column = "pool"
values = { yes = ["pool"], no = ["-pool"] }
"""
HEADER = "ref,price,beds,area,built,lat,long,country,since,state,pool"
GOOD: dict[str, str] = {
    "ref": "R",
    "price": "250000",
    "beds": "3",
    "area": "90.5",
    "built": "1990",
    "lat": "37.4",
    "long": "-6",
    "country": "ES",
    "since": "01/02/2026",
    "state": "for sale",
    "pool": "yes",
}
# what is wrong, the field that the report must name, a word of the reason
TEN_BAD_ROWS = [
    ({"price": "a lot"}, "list_price", "Column price: \u201ca lot\u201d is not a number."),
    ({"price": "-5"}, "list_price", "Column price: "),
    ({"price": "100.005"}, "list_price", "At most 2 decimals"),
    ({"beds": "2.5"}, "bedrooms_total", "Column beds: "),
    ({"built": "30000"}, "year_built", "Column built: "),
    ({"lat": "97"}, "latitude", "Column lat: "),
    ({"country": "Spain"}, "country", "ISO 3166"),
    ({"since": "2026-02-01"}, "on_market_date", "is not a date like %d/%m/%Y"),
    ({"state": "gone"}, "standard_status", "The mapping has no value for \u201cgone\u201d"),
    ({"ref": ""}, "listing_id", "Column ref: Missing"),
    ({"long": ""}, "longitude", "Missing, although the other coordinate is given"),
    ({"state": "sold"}, "standard_status", "A new listing must begin as"),
    ({"area": "1e400"}, "living_area", "is not a number"),
]
BROKEN_LINES = [
    ("R-few,1,2", "row", "It has 3 cells where the header has 11."),
    ('"R-quote,250000,3,90.5,1990,37.4,-6,ES,01/02/2026,for sale,yes', "row", "The file is not CSV"),
]


def line(**changes: str) -> str:
    return ",".join((GOOD | changes).values())


def file(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines, ""]).encode()


def details(errors: dict[str, list[dict[str, str]]]) -> dict[str, list[str]]:
    """The English of each error, by field."""
    return {name: [one["detail"] for one in found] for name, found in errors.items()}


def test_bad_rows_are_reported_by_number_and_reason_and_the_rest_goes_in(room: Room) -> None:
    lines, expected = [], {}
    for number, (wrong, field, reason) in enumerate(TEN_BAD_ROWS):
        lines += [line(ref=f"G-{number}"), line(**{"ref": f"B-{number}", **wrong})]
        expected[len(lines) + 1] = (field, reason)
    for number, (broken, field, reason) in enumerate(BROKEN_LINES):
        lines += [broken, "", line(ref=f"H-{number}")]
        expected[len(lines) - 1] = (field, reason)
    good = len(TEN_BAD_ROWS) + len(BROKEN_LINES)
    job = run(room, hand_in(room, file(*lines), MAPPING, agency="agency-bad"), "agency-bad", slice_=4)
    assert job["counts"] == {"created": good, "updated": 0, "unchanged": 0, "refused": len(expected)}
    refused = {row["row"]: details(row["errors"]) for row in report(room, job, "refused", "agency-bad")}
    assert sorted(refused) == sorted(expected)
    for row, (field, reason) in expected.items():
        assert reason in " ".join(refused[row][field]), (row, refused[row])
    assert room.db.listings.count_documents({"agency_id": "agency-bad"}) == good


def test_a_later_file_updates_by_reference_and_leaves_what_it_does_not_speak_of(room: Room) -> None:
    agency = "agency-later"
    run(room, hand_in(room, file(line(ref="A"), line(ref="B")), MAPPING, agency), agency)
    home = room.call("GET", "/v1/listings", agency=agency, query_string={"listing_id": "A"}).json["items"][0]
    more = {"city": "Sevilla", "features": ["lift", "pool"]}
    path = f"/v1/listings/{home['id']}"
    assert room.call("PATCH", path, agency=agency, json=more, headers={"If-Match": '"1"'}).status_code == 200
    later = file(line(ref="A", price="240000", pool="no", area=""), line(ref="B"), line(ref="C", state="sold"))
    job = run(room, hand_in(room, later, MAPPING, agency), agency)
    assert job["counts"] == {"created": 0, "updated": 1, "unchanged": 1, "refused": 1}
    found = room.call("GET", path, agency=agency).json
    assert (found["list_price"], found["city"], found["living_area"]) == (240000, "Sevilla", 90.5)
    assert (found["features"], found["features_absent"]) == (["lift"], ["pool"])
    event = [e for e in room.events() if e["subject"] == home["id"]][-1]
    assert (event["type"], event["data"]["previous_list_price"]) == ("properties.listing.price_changed", 250000)
    sold = run(room, hand_in(room, file(line(ref="A", state="sold", price="240000")), MAPPING, agency), agency)
    assert sold["counts"]["updated"] == 1
    assert room.call("GET", path, agency=agency).json["standard_status"] == "closed"


def test_a_later_file_that_breaks_a_rule_changes_nothing_of_that_home(room: Room) -> None:
    agency = "agency-rules"
    run(room, hand_in(room, file(line(ref="A")), MAPPING, agency), agency)
    run(room, hand_in(room, file(line(ref="A", state="sold")), MAPPING, agency), agency)
    before = room.db.listings.find_one({"agency_id": agency})
    wrong = file(line(ref="A", price="1", beds="9", state=""))
    job = run(room, hand_in(room, wrong, MAPPING, agency), agency)
    assert details(report(room, job, agency=agency)[0]["errors"]) == {
        "list_price": ["The sale is closed, so its price can no longer change."]
    }
    assert room.db.listings.find_one({"agency_id": agency}) == before


def test_a_home_that_a_file_names_thrice_settles_at_its_last_good_row(room: Room) -> None:
    agency = "agency-thrice"
    content = file(line(ref="A", price="1"), line(ref="A", price="2"), line(ref="B"), line(ref="A", price="x"))
    first = run(room, hand_in(room, content, MAPPING, agency), agency)
    again = run(room, hand_in(room, content, MAPPING, agency), agency)
    verdicts = [[row["verdict"] for row in report(room, job, agency=agency)] for job in (first, again)]
    assert verdicts == [
        ["created", "updated", "created", "refused"],
        ["unchanged", "unchanged", "unchanged", "refused"],
    ]
    assert room.db.listings.find_one({"agency_id": agency, "listing_id": "A"})["list_price"] == 200


@pytest.mark.parametrize("slice_", [1, 100])
def test_a_dry_run_tells_the_same_verdicts_and_leaves_no_trace(room: Room, slice_: int) -> None:
    agency = f"agency-dry-{slice_}"
    content = file(line(ref="A"), line(ref="A", price="2"), line(ref="B", beds="x"), line(ref="A", price="2"))
    dry = run(room, hand_in(room, content, MAPPING, agency, dry_run="true"), agency, slice_=slice_)
    for collection in ("listings", "ledger"):
        assert room.db[collection].count_documents({"agency_id": agency}) == 0
    assert room.db.import_files.count_documents({"import_id": dry["id"]}) == 0
    assert [e for e in room.events() if e["agencyid"] == agency] == []
    wet = run(room, hand_in(room, content, MAPPING, agency), agency, slice_=slice_)
    assert dry["dry_run"]
    assert dry["counts"] == wet["counts"] == {"created": 1, "updated": 1, "unchanged": 1, "refused": 1}
    told = [
        [(row["row"], row["verdict"], row["errors"]) for row in report(room, job, agency=agency)] for job in (dry, wet)
    ]
    assert told[0] == told[1]


def test_who_takes_over_goes_on_where_the_other_stopped(room: Room) -> None:
    agency = "agency-over"
    job = hand_in(room, file(*(line(ref=f"R-{n}") for n in range(25))), MAPPING, agency)
    first = an_importer(room, slice_=10)
    assert first.turn()
    assert not an_importer(room).turn(), "somebody works on it"
    room.db.imports.update_one({"_id": job["id"]}, {"$set": {"lease_until": job_time(room, job)}})
    finished = run(room, job, agency, slice_=10)
    assert finished["counts"]["created"] == 25
    assert not first.turn()
    assert [row["row"] for row in report(room, job, agency=agency)] == list(range(2, 27))
    assert room.db.listings.count_documents({"agency_id": agency}) == 25


def job_time(room: Room, job: dict[str, Any]) -> Any:
    return room.db.imports.find_one({"_id": job["id"]})["created_at"]


def test_two_who_work_on_the_same_rows_enter_them_once(room: Room) -> None:
    agency = "agency-two"
    job = hand_in(room, file(*(line(ref=f"R-{n}") for n in range(20))), MAPPING, agency)
    one, other = an_importer(room, slice_=5), an_importer(room, slice_=5)
    for _ in range(8):
        for importer in (one, other):
            importer.turn()
            room.db.imports.update_one({"_id": job["id"]}, {"$set": {"lease_until": job_time(room, job)}})
    found = room.call("GET", f"/v1/imports/{job['id']}", agency=agency).json
    assert (found["state"], found["counts"]["created"]) == ("finished", 20)
    assert room.db.listings.count_documents({"agency_id": agency}) == 20


def test_a_file_that_kills_its_worker_again_and_again_is_given_up(room: Room) -> None:
    agency = "agency-killer"
    job = hand_in(room, file(line(ref="A")), MAPPING, agency)
    room.db.imports.update_one({"_id": job["id"]}, {"$set": {"starts": 5}})
    found = run(room, job, agency)
    assert found["state"] == "failed"
    assert (found["failure"]["code"], found["failure"]["times"]) == ("import_stopped", 5)


@pytest.mark.parametrize(
    ("content", "mapping", "field", "reason"),
    [
        (b"", MAPPING, "file", "must name the columns"),
        (HEADER.encode(), MAPPING, "file", "no rows below the header"),
        (HEADER.replace("price", "cost").encode() + b"\n" + line().encode(), MAPPING, "file", "missing: price"),
        (f"{HEADER},ref\n{line()},x".encode(), MAPPING, "file", "twice: ref"),
        (file(line()) + b"\xff\xfe", MAPPING, "file", "Line 3 is not utf-8"),
        (file(line()), b"\xff", "mapping", "Not UTF-8"),
        (file(line()), b"[fields", "mapping", ""),
        (file(line()), b"[fields.price]\ncolumn = 'price'", "mapping", "Must be one of"),
        (file(line()), b"[fields.list_price]\ncolum = 'price'", "mapping", "Unknown field"),
        (file(line()), b"[fields.list_price]\ncolumn = 'price'", "mapping", "agency's own reference"),
        (file(line()), MAPPING.replace(b'"EUR"', b'"euro"'), "mapping", "currency"),
        (file(line()), b"colour = 'red'\n" + MAPPING, "mapping", "colour"),
        (file(line()), "nowhere", "mapping", "king_county"),
        (file(line()), "../king_county", "mapping", "king_county"),
    ],
)
def test_a_file_or_mapping_that_is_no_good_is_refused_at_the_door(
    room: Room, content: bytes, mapping: str | bytes, field: str, reason: str
) -> None:
    answer = offer(room, content, mapping, "agency-door")
    assert answer.status_code == 422, answer.json
    assert reason in str(answer.json["errors"][field])
    assert room.db.imports.count_documents({"agency_id": "agency-door"}) == 0


def test_a_second_import_waits_for_the_first(room: Room) -> None:
    job = hand_in(room, file(line(ref="A")), MAPPING, "agency-second")
    assert offer(room, file(line(ref="A")), MAPPING, "agency-second").status_code == 409
    run(room, job, "agency-second")
    assert offer(room, file(line(ref="A")), MAPPING, "agency-second").status_code == 202


def test_form_token_size_and_other_agencies_are_looked_at(room: Room) -> None:
    job = run(room, hand_in(room, file(line(ref="A")), MAPPING, "agency-mine"), "agency-mine")
    for path in (f"/v1/imports/{job['id']}", f"/v1/imports/{job['id']}/rows"):
        assert room.call("GET", path, agency="agency-theirs").status_code == 404
        assert room.call("GET", path, role="prospect", agency="agency-mine").status_code == 403
    assert room.call("GET", "/v1/imports", agency="agency-theirs").json["items"] == []
    assert room.client.post("/v1/imports").status_code == 401
    assert room.call("POST", "/v1/imports", role="prospect").status_code == 403
    form = "multipart/form-data"
    missing = room.call("POST", "/v1/imports", data={"mapping": "king_county"}, content_type=form)
    assert (missing.status_code, list(missing.json["errors"])) == (422, ["file"])
    surprise = offer(room, file(line()), MAPPING, "agency-mine", surprise="1")
    assert (surprise.status_code, list(surprise.json["errors"])) == (422, ["surprise"])
    assert offer(room, b"x" * (20 * 1024 * 1024), MAPPING).status_code == 413


def test_the_same_key_takes_a_file_in_once(room: Room) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="mapping"\r\n\r\nking_county\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n%s\r\n--x--\r\n'
    )
    options = {
        "data": body % b"\r\n".join(EXCERPT.read_bytes().splitlines()[:3]),
        "content_type": "multipart/form-data; boundary=x",
    }
    answers = [
        room.call("POST", "/v1/imports", agency="agency-key", headers={"Idempotency-Key": "f1"}, **options)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json == answers[1].json
    assert room.db.imports.count_documents({"agency_id": "agency-key"}) == 1
