"""Agencies: opened by the operator, changed by their admins."""

from __future__ import annotations

from services.gateway.accounts.deps import Deps
from services.gateway.accounts.handlers.facts import Facts, change_facts
from services.gateway.accounts.handlers.members import add_member
from services.gateway.accounts.model.agency import Agency
from services.gateway.accounts.model.member import Member
from shared.errors import NotFound
from shared.running.context import new_id


def add_agency(deps: Deps, facts: Facts, admin: Facts) -> tuple[Agency, Member]:
    """Open an agency together with its first admin."""
    agency = Agency(id=new_id(), **facts)
    deps.agencies.of(agency.id).save(agency)
    return agency, add_member(deps, agency.id, {**admin, "role": "admin"})


def change_agency(deps: Deps, agency_id: str, facts: Facts, expected_version: int) -> Agency:
    """Correct the facts of an agency."""
    store = deps.agencies.of(agency_id)
    agency = store.get(agency_id)
    store.at_version(agency.version, expected_version)
    if change_facts(agency, facts):
        store.save(agency)
    return agency


def ensure_agency(deps: Deps, agency_id: str) -> None:
    """NotFound when there is no such agency; the operator's own clients have none."""
    if agency_id:
        deps.agencies.of(agency_id).get(agency_id)


def own_agency(deps: Deps, asked: str, own: str) -> Agency:
    """The requested agency, if it is one's own or one is the operator (`own` empty)."""
    if own and asked != own:
        raise NotFound("There is no agency with this id.")
    return deps.agencies.of(asked).get(asked)
