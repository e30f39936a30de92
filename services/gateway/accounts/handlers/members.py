"""Members: added, changed, deactivated, signed out; the last admin of an agency stays."""

from __future__ import annotations

from services.gateway.accounts import codes
from services.gateway.accounts.deps import Deps
from services.gateway.accounts.handlers.facts import Facts, change_facts
from services.gateway.accounts.model.member import Member, email_key
from shared.errors import Conflict
from shared.running.context import new_id
from shared.storage.mongo import transaction


def add_member(deps: Deps, agency_id: str, facts: Facts) -> Member:
    """Add a member."""
    facts = dict(facts)
    password_hash = deps.passwords.hash(facts.pop("password"))
    member = Member(id=new_id(), agency_id=agency_id, password_hash=password_hash, **facts)
    deps.members.of(agency_id).save(member)
    return member


def change_member(deps: Deps, agency_id: str, member_id: str, facts: Facts, expected_version: int) -> Member:
    """Correct facts, change the role, or deactivate a member; a change of rights ends their sessions."""
    store = deps.members.of(agency_id)
    member = store.get(member_id)
    store.at_version(member.version, expected_version)
    if member.loses_rights(facts) and not store.other_admins(member.id):
        name = "active" if facts.get("active") is False else "role"
        raise Conflict("An agency must keep at least one admin.", {name: [codes.LAST_ADMIN()]})
    rights = (member.role, member.active)
    if change_facts(member, facts):
        store.save(member)
    if rights != (member.role, member.active):
        deps.sessions.close_all(member.id)
    return member


def change_member_as(deps: Deps, by: Member, member_id: str, facts: Facts, version: int) -> Member:
    """Change a member for an admin; a deactivated member can no longer accept an invitation."""
    store = deps.members.of(by.agency_id)

    def work() -> Member:
        if facts.get("active") is False:
            deps.invitations.of(by.agency_id).withdraw(member_id)
        return change_member(deps, by.agency_id, member_id, facts, version or store.get(member_id).version)

    return transaction(deps.members.db.client, work)


def change_password(deps: Deps, agency_id: str, member_id: str, password: str) -> None:
    """Set another password and end the member's sessions."""
    store = deps.members.of(agency_id)
    member = store.get(member_id)
    member.password_hash = deps.passwords.hash(password)
    store.save(member)
    deps.sessions.close_all(member.id)


def sign_out_everywhere(deps: Deps, by: Member, member_id: str) -> Member:
    """End all sessions of a member."""
    member: Member = deps.members.of(by.agency_id).get(member_id)
    deps.sessions.close_all(member.id)
    return member


def remove_second_step_of(deps: Deps, by: Member, member_id: str) -> Member:
    """Turn the second step off for a member who has lost the telephone, and end the member's sessions."""
    member = sign_out_everywhere(deps, by, member_id)
    deps.members.keep_second_step(member.id, None, 0)
    return member


def ensure_operator(deps: Deps, email: str, password: str) -> tuple[Member, bool]:
    """The operator with this address and password, and whether it is new. A member's address is refused."""
    member = deps.members.by_email(email_key(email))
    if member is None:
        facts = {"email": email, "display_name": "Operator", "role": "operator", "password": password}
        return add_member(deps, "", facts), True
    if member.role != "operator":
        raise Conflict("Somebody signs in with this address already.", {"email": [codes.EMAIL_OF_A_MEMBER()]})
    if not deps.passwords.verify(member.password_hash, password):
        change_password(deps, "", member.id, password)
    return member, False
