"""Members of the agency with their sign-ins, sessions and invitations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.gateway.accounts.model.member import Member
from services.gateway.web.deps import deps
from services.gateway.web.members import members_of_agency
from services.gateway.web.session import member
from shared.storage.mongo import Document

LATEST = 8


@dataclass(frozen=True)
class MemberList:
    """Everybody of the agency, deactivated ones last; sign-ins and open invitations by member."""

    people: Sequence[Member]
    last_sign_ins: Mapping[str, datetime]
    invited_until: Mapping[str, datetime]


@dataclass(frozen=True)
class MemberDetails:
    """One member; `invited_until` while an invitation is open."""

    who: Member
    sign_ins: Sequence[Document]
    sessions: Sequence[Document]
    invited_until: datetime | None


def member_list() -> MemberList:
    """The members of the agency."""
    people = sorted(members_of_agency(), key=lambda each: (not each.active, each.display_name.casefold()))
    store = deps().sign_ins.of(member().agency_id)
    return MemberList(people, store.last_of([each.id for each in people]), _invitations())


def member_of_agency(member_id: str) -> Member:
    """One member; NotFound when there is none in this agency."""
    found: Member = deps().members.of(member().agency_id).get(member_id)
    return found


def member_details(who: Member) -> MemberDetails:
    """One member with the latest sign-ins and the open sessions."""
    attempts = deps().sign_ins.of(who.agency_id).page_of_attempts(LATEST, None, who.id).items
    return MemberDetails(who, attempts, deps().sessions.of_member(who.id), _invitations().get(who.id))


def _invitations() -> Mapping[str, datetime]:
    return deps().invitations.of(member().agency_id).until()
