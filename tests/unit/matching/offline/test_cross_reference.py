"""Two files against each other: every pair that the one function finds, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

from services.matching.engine.evaluate import evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import Rates, World
from services.matching.offline.cross_reference import cross_reference
from tests.support.matching.crowds import homes, wishes
from tests.support.matching.strategies import TODAY

WORLD = World(TODAY, Rates(TODAY, {"EUR": 1.0, "GBP": 0.8437, "SEK": 11.0313}))
Pair = dict[str, Any]


def write(file: Path, wires: list[Any]) -> Path:
    file.write_text("".join(f"{wire if isinstance(wire, str) else json.dumps(wire)}\n" for wire in wires), "utf-8")
    return file


def pairs(file: Path) -> list[Pair]:
    return [json.loads(line) for line in file.read_text("ascii").splitlines()]


def right(listings: list[Pair], searches: list[Pair], kinds: set[str], top: int | None = None) -> list[Pair]:
    asked, out = [Search.from_wire(wire) for wire in searches], []
    for home in (Listing.from_wire(wire) for wire in listings):
        verdicts = [(search.id, evaluate(search, home, WORLD)) for search in asked]
        met = [(one, verdict) for one, verdict in verdicts if verdict.kind in kinds]
        met.sort(key=lambda pair: (-pair[1].score, -pair[1].confidence, pair[0]))
        out += [
            {"listing_id": home.id, "saved_search_id": one, "kind": verdict.kind, "score": verdict.score}
            for one, verdict in met[:top]
        ]
    return out


def test_the_file_holds_every_match_and_with_all_every_near_and_possible_pair_best_first(tmp_path: Path) -> None:
    listings, searches = homes(60, 11), wishes(150, 12)
    files = write(tmp_path / "l", listings), write(tmp_path / "s", searches)
    report = cross_reference(*files, tmp_path / "m", WORLD, complaints=StringIO())
    assert pairs(tmp_path / "m") == right(listings, searches, {"match"})
    cross_reference(*files, tmp_path / "m", WORLD, every_kind=True, complaints=StringIO())
    assert pairs(tmp_path / "m") == right(listings, searches, {"match", "possible", "near"})
    cross_reference(*files, tmp_path / "m", WORLD, top=3, complaints=StringIO())
    assert pairs(tmp_path / "m") == right(listings, searches, {"match"}, 3)
    told = report.to_wire()
    assert (told["listings"], told["searches"]) == (60, 150)
    assert told["matches"] == len(right(listings, searches, {"match"}))


def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    listings, searches = homes(5, 13), wishes(5, 14)
    spoilt = [*searches[:2], '{"id": "x"', "", {"id": "y", "transaction": "sale"}, *searches[2:], searches[0]]
    complaints = StringIO()
    report = cross_reference(
        write(tmp_path / "listings.ndjson", [listings[0], "[]", *listings]),
        write(tmp_path / "searches.ndjson", spoilt),
        tmp_path / "m",
        WORLD,
        complaints=complaints,
    )
    told = complaints.getvalue()
    assert "searches.ndjson line 3: _schema: The line is not JSON" in told
    assert "searches.ndjson line 5: _schema: State at least one" in told
    assert "searches.ndjson line 9: id: An earlier line has this id." in told
    assert "listings.ndjson line 2: _schema: Give one JSON object per line." in told
    assert "listings.ndjson line 3: id: An earlier line has this id." in told
    assert report.refused == {"listings": 2, "searches": 3}
    assert (report.listings, report.searches) == (5, 5)
    assert pairs(tmp_path / "m") == right(listings, searches, {"match"})


def test_agencies_in_one_file_do_not_meet(tmp_path: Path) -> None:
    home = {**homes(1, 15)[0], "transaction": "sale", "standard_status": "active", "bedrooms_total": 2}
    wish = {"transaction": "sale", "bedrooms_min": 1}
    listings = [{**home, "id": f"home-{agency}", "agency_id": agency} for agency in ("a", "b", None)]
    searches = [{**wish, "id": f"wish-{agency}", "agency_id": agency} for agency in ("a", "b", None)]
    files = write(tmp_path / "l", listings), write(tmp_path / "s", searches)
    cross_reference(*files, tmp_path / "m", WORLD, complaints=StringIO())
    met = {(pair["listing_id"], pair["saved_search_id"]) for pair in pairs(tmp_path / "m")}
    assert met == {(f"home-{agency}", f"wish-{agency}") for agency in ("a", "b", None)}


def test_opaque_ids_and_towns_of_the_listings_are_understood(tmp_path: Path) -> None:
    listings = [{"id": 'l"\\é', "transaction": "sale", "city": "Zgornji Kašelj"}]
    searches = [{"id": "s\n☃", "transaction": "sale", "areas": [{"place": {"city": "zgornij kaselj"}}]}]
    files = write(tmp_path / "l", listings), write(tmp_path / "s", searches)
    cross_reference(*files, tmp_path / "m", WORLD, complaints=StringIO())
    assert pairs(tmp_path / "m") == [{"listing_id": 'l"\\é', "saved_search_id": "s\n☃", "kind": "match", "score": 100}]


def test_the_command_needs_no_server_and_ends_with_one_line_of_json(tmp_path: Path) -> None:
    files = write(tmp_path / "l", homes(3, 16)), write(tmp_path / "s", wishes(3, 17))
    words = ["--listings", str(files[0]), "--searches", str(files[1]), "--out", str(tmp_path / "m"), "--top", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "services.matching", "cross-reference", *words],
        capture_output=True,
        text=True,
        check=True,
        env={},
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert {
        "listings",
        "searches",
        "matches",
        "index_seconds",
        "read_seconds",
        "per_listing_ms",
        "peak_mb",
    } <= told.keys()
    assert set(told["per_listing_ms"]) == {"p50", "p95"}
    assert "searches" in done.stderr


def test_files_without_a_line_make_an_empty_answer(tmp_path: Path) -> None:
    files = write(tmp_path / "l", []), write(tmp_path / "s", [])
    report = cross_reference(*files, tmp_path / "m", WORLD, complaints=StringIO())
    assert (report.to_wire()["matches"], pairs(tmp_path / "m")) == (0, [])
