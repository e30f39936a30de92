"""What builders make is a whole reply of its type."""

from __future__ import annotations

import inspect
from typing import NotRequired, get_origin, get_type_hints, is_typeddict

import pytest

from tests import builders

MADE = [
    (name, function)
    for name, function in inspect.getmembers(builders, inspect.isfunction)
    if not name.startswith("_") and is_typeddict(get_type_hints(function).get("return"))
]


@pytest.mark.parametrize(("name", "function"), MADE, ids=[name for name, _ in MADE])
def test_a_builder_leaves_no_required_field_out(name: str, function: object) -> None:
    kind = get_type_hints(function)["return"]
    hints = get_type_hints(kind, include_extras=True)
    required = {
        key for key, hint in hints.items() if get_origin(hint) is not NotRequired and key not in kind.__optional_keys__
    }
    assert required <= set(function())  # type: ignore[operator]


def test_a_field_that_the_type_does_not_know_is_refused() -> None:
    with pytest.raises(AssertionError, match="has no"):
        builders.a_listing(colour="red")
