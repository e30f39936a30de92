"""Sets facts of an aggregate; refusals name the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.accounts.model.agency import Agency
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.model.rules import RuleBroken
from shared.errors import Invalid

# Any: fields of an aggregate as a schema loaded them, each of its own type
Facts = Mapping[str, Any]


def change_facts(aggregate: Agency | Member, facts: Facts) -> bool:
    """Set facts; returns whether anything changed. Invalid where a rule forbids it."""
    try:
        return aggregate.change(facts)
    except RuleBroken as broken:
        raise Invalid(broken.error, {broken.field: [broken.error]}) from None
