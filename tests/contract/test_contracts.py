"""Fields are only added, samples stay readable, and each table of subscriptions is the contracts' own."""

from __future__ import annotations

import ast
import copy
import importlib
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from shared.contracts import CONTRACTS, consumed_by
from shared.messaging.event import Envelope
from shared.running.services import SERVICES
from tests.contract.published import PAGE, ROOT, SAMPLES, broken, check_contract, page, paths, sample, snapshot, told

TYPE = re.compile(rf"({'|'.join(SERVICES)})\.[a-z]+\.[a-z_]+(\.v\d+)?")


@pytest.mark.parametrize("type_", sorted(CONTRACTS))
def test_every_type_has_a_sample_that_loads_and_states_every_field(type_: str) -> None:
    event = Envelope.from_wire(sample(type_))
    assert (event.type, event.source) == (type_, f"/{type_.split('.')[0]}")
    check_contract(type_, event.data)
    assert set(event.data) == {field.name for field in fields(CONTRACTS[type_].data)}


def test_there_is_no_sample_of_an_unknown_type() -> None:
    assert {path.stem for path in SAMPLES.glob("*.json")} == {*CONTRACTS, "fields"}


def test_no_promised_field_is_gone_changed_or_newly_required() -> None:
    assert broken(snapshot(), told()) == []


def test_the_snapshot_knows_every_field() -> None:
    assert snapshot() == told(), "a field was added: run python -m tests.contract.published"


def test_the_page_of_events_is_what_the_contracts_say() -> None:
    assert PAGE.read_text() == page(), "run python -m tests.contract.published"


@pytest.mark.parametrize(
    ("change", "told_as"),
    [
        (lambda fields: fields.pop("city"), "properties.listing.changed: city is gone"),
        (lambda fields: fields.update(city="Float"), "properties.listing.changed: city was String"),
        (lambda fields: fields.update(city="String!"), "properties.listing.changed: city was String"),
        (lambda fields: fields.update(colour="String!"), "properties.listing.changed: colour is new and required"),
        (
            lambda fields: fields.update({"photo.size": "Integer!"}),
            "properties.listing.changed: photo.size is new and required",
        ),
    ],
)
def test_a_broken_promise_is_noticed(change: object, told_as: str) -> None:
    after = copy.deepcopy(snapshot())
    assert callable(change)
    change(after["properties.listing.changed"])
    assert broken(snapshot(), after) == [told_as]


def test_an_optional_field_may_be_added_anywhere() -> None:
    after = copy.deepcopy(snapshot())
    after["matching.matches.found"] |= {"matches[].mood": "String", "weather": "Nested", "weather.sky": "String!"}
    assert broken(snapshot(), after) == []


def services() -> list[str]:
    """Those that are there."""
    return [name for name in SERVICES if (ROOT / "services" / name / "consumers.py").exists()]


@pytest.mark.parametrize("service", services())
def test_a_service_consumes_what_the_contracts_say(service: str) -> None:
    table = importlib.import_module(f"services.{service}.consumers").CONSUMES
    assert set(table) == consumed_by(service)


def test_names_and_addresses_reach_notifications_alone() -> None:
    assert CONTRACTS["leads.contact.reachable"].consumers == ("notifications",)
    assert {type_ for type_, contract in CONTRACTS.items() if contract.personal} == {"leads.contact.reachable"}


def test_no_other_event_has_a_field_for_names_or_addresses() -> None:
    private = {"full_name", "addresses", "email", "phone"}
    people = [type_ for type_ in CONTRACTS if not type_.startswith("gateway.")]
    holders = {t for t in people if private & {p.split(".")[-1] for p, _ in paths(CONTRACTS[t].data)}}
    assert holders == {"leads.contact.reachable"}


@pytest.mark.parametrize("type_", sorted(CONTRACTS))
def test_who_consumes_is_a_service_of_ours(type_: str) -> None:
    consumers = CONTRACTS[type_].consumers
    assert set(consumers) <= set(SERVICES)
    assert len(set(consumers)) == len(consumers)


def literals(folder: Path) -> set[str]:
    """Every text in the code that is spelt like the type of an event."""
    trees = [ast.parse(path.read_text()) for path in folder.rglob("*.py")]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and TYPE.fullmatch(text)}


@pytest.mark.parametrize("service", services())
def test_every_type_in_the_code_has_a_contract_and_every_contract_its_producer(service: str) -> None:
    found = literals(ROOT / "services" / service)
    assert found <= set(CONTRACTS)
    assert {type_ for type_ in CONTRACTS if type_.startswith(f"{service}.")} <= found


def test_samples_are_written_the_way_they_travel() -> None:
    for type_ in CONTRACTS:
        wire = json.loads(sample(type_))
        assert json.loads(Envelope.from_wire(sample(type_)).to_wire()) == wire
