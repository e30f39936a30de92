"""Events reach their handlers as the classes of their contracts."""

from __future__ import annotations

import importlib
import json
from dataclasses import FrozenInstanceError
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from shared.contracts import CONTRACTS
from shared.contracts.base import BrokenContract
from shared.contracts.properties import ListingState, Photo
from shared.messaging.event import Envelope, Event, Header
from shared.messaging.inbox import Staged
from shared.running.services import SERVICES
from tests.contract.published import sample

CHANGED = "properties.listing.changed"


def data_of(type_: str) -> dict[str, Any]:
    """The data of a type's sample."""
    found: dict[str, Any] = json.loads(sample(type_))["data"]
    return found


def test_data_and_what_is_nested_in_it_become_their_classes() -> None:
    listing = CONTRACTS[CHANGED].load(data_of(CHANGED))
    assert isinstance(listing, ListingState)
    assert isinstance(listing.photo, Photo)
    assert all(isinstance(photo, Photo) for photo in listing.photos)


def test_nothing_can_be_changed_in_what_was_read() -> None:
    listing = CONTRACTS[CHANGED].load(data_of(CHANGED))
    with pytest.raises(FrozenInstanceError):
        listing.city = "Elsewhere"


def test_a_field_that_the_contract_does_not_know_is_ignored_and_still_kept_raw() -> None:
    envelope = Envelope.from_wire(sample(CHANGED))
    envelope.data["colour_of_the_door"] = "green"
    event = Event.of(envelope, CONTRACTS[CHANGED].load(envelope.data))
    assert not hasattr(event.data, "colour_of_the_door")
    assert event.raw["colour_of_the_door"] == "green"
    assert json.loads(event.to_wire()) == json.loads(envelope.to_wire())


def test_an_optional_field_that_is_absent_has_its_default() -> None:
    raw = data_of(CHANGED)
    for name in ("photos", "city"):
        del raw[name]
    listing = CONTRACTS[CHANGED].load(raw)
    assert (listing.photos, listing.city) == ([], None)


@pytest.mark.parametrize("price", [300_000, 300_000.5])
def test_a_number_stays_what_it_was(price: float) -> None:
    listing = CONTRACTS[CHANGED].load(data_of(CHANGED) | {"list_price": price})
    assert (listing.list_price, type(listing.list_price)) == (price, type(price))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"standard_status": None}, ["standard_status"]),
        ({"list_price": "300000"}, ["list_price"]),
        ({"list_price": True, "id": ""}, ["id", "list_price"]),
        ({"photos": [{"alt": "no address"}]}, ["photos"]),
    ],
)
def test_broken_data_is_refused_by_the_names_of_its_fields_alone(wrong: dict[str, Any], named: list[str]) -> None:
    with pytest.raises(BrokenContract) as refused:
        CONTRACTS[CHANGED].load(data_of(CHANGED) | wrong)
    assert refused.value.fields == named


def handlers() -> list[Any]:
    """Every handler of every service with the type that it handles."""
    tables = {name: importlib.import_module(f"services.{name}.consumers").CONSUMES for name in SERVICES}
    return [
        pytest.param(type_, step, id=f"{service}:{type_}:{step.__name__}")
        for service, table in tables.items()
        for type_, handler in table.items()
        for step in ((handler.prepare, handler.finish) if isinstance(handler, Staged) else (handler,))
    ]


@pytest.mark.parametrize(("type_", "handler"), handlers())
def test_a_handler_takes_the_class_that_its_event_carries(type_: str, handler: Any) -> None:
    hints = get_type_hints(handler)
    hint = hints.get("event") or hints["_event"]
    alternatives = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    # a handler that takes the header alone reads no data
    assert any(one in (Header, object) or get_args(one)[0] in (CONTRACTS[type_].data, Any) for one in alternatives)
