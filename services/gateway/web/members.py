"""The members of the agency, as several pages name them."""

from __future__ import annotations

from services.gateway.accounts.model.member import Member
from services.gateway.web.deps import deps
from services.gateway.web.session import member

MOST = 200


def members_of_agency() -> list[Member]:
    """Everybody who signs in for the agency, or did."""
    members: list[Member] = deps().members.of(member().agency_id).page_of_all(MOST, None).items
    return members


def names_of_members() -> dict[str, str]:
    """What the members of the agency are called, by id."""
    return {each.id: each.display_name for each in members_of_agency()}
