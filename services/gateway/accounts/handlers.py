"""Use cases of the gateway: agencies, their people and programs, signing in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.gateway.accounts import codes, second_step
from services.gateway.accounts.attempts import Attempts
from services.gateway.accounts.credentials import Passwords, fingerprint, is_secret_of, new_secret
from services.gateway.accounts.model import Agency, ApiClient, Member, Prospect, RuleBroken, Session, email_key
from services.gateway.accounts.records import ChangeStore, InvitationStore, SignInStore
from services.gateway.accounts.store import (
    ActivityView,
    AgencyStore,
    ClientStore,
    ListingView,
    MemberStore,
    SessionStore,
    UsedLinkStore,
)
from services.gateway.accounts.tokens import Tokens
from services.gateway.upstream.http import Upstream
from services.gateway.upstream.maildir import Mailbox
from services.gateway.upstream.supervision import Supervisor
from shared.errors import Conflict, Invalid, NotFound, Unauthorized
from shared.messaging.bus import Depths
from shared.messaging.event import now
from shared.running.context import new_id


@dataclass(frozen=True)
class Deps:
    """What the use cases need."""

    agencies: AgencyStore
    members: MemberStore
    clients: ClientStore
    sessions: SessionStore
    used_links: UsedLinkStore
    listings: ListingView
    activity: ActivityView
    passwords: Passwords
    attempts: Attempts
    tokens: Tokens
    upstream: Upstream
    mailbox: Mailbox | None
    changes: ChangeStore
    invitations: InvitationStore
    sign_ins: SignInStore
    supervisor: Supervisor
    depths: Depths
    link_secret: str


def add_agency(deps: Deps, facts: Mapping[str, Any], admin: Mapping[str, Any]) -> tuple[Agency, Member]:
    """Open an agency together with its first admin."""
    agency = Agency(id=new_id(), **facts)
    deps.agencies.of(agency.id).save(agency)
    return agency, add_member(deps, agency.id, {**admin, "role": "admin"})


def change_agency(deps: Deps, agency_id: str, facts: Mapping[str, Any], expected_version: int) -> Agency:
    """Correct what an agency says of itself."""
    store = deps.agencies.of(agency_id)
    agency = store.get(agency_id)
    store.at_version(agency.version, expected_version)
    if _changed(agency, facts):
        store.save(agency)
    return agency


def add_member(deps: Deps, agency_id: str, facts: Mapping[str, Any]) -> Member:
    """Give somebody the means to sign in."""
    told = dict(facts)
    password_hash = deps.passwords.hash(told.pop("password"))
    member = Member(id=new_id(), agency_id=agency_id, password_hash=password_hash, **told)
    deps.members.of(agency_id).save(member)
    return member


def change_member(
    deps: Deps, agency_id: str, member_id: str, facts: Mapping[str, Any], expected_version: int
) -> Member:
    """Correct facts, change the role, or let somebody go; a change of rights ends their sessions."""
    store = deps.members.of(agency_id)
    member = store.get(member_id)
    store.at_version(member.version, expected_version)
    if member.loses_rights(facts) and not store.other_admins(member.id):
        name = "active" if facts.get("active") is False else "role"
        raise Conflict("An agency keeps at least one admin.", {name: [codes.LAST_ADMIN()]})
    rights = (member.role, member.active)
    if _changed(member, facts):
        store.save(member)
    if rights != (member.role, member.active):
        deps.sessions.close_all(member.id)
    return member


def change_password(deps: Deps, agency_id: str, member_id: str, password: str) -> None:
    """Set another password; whoever was signed in with the old one no longer is."""
    store = deps.members.of(agency_id)
    member = store.get(member_id)
    member.password_hash = deps.passwords.hash(password)
    store.save(member)
    deps.sessions.close_all(member.id)


def add_client(deps: Deps, agency_id: str, name: str, role: str) -> tuple[ApiClient, str]:
    """Let a program in; the secret is told now and never again."""
    secret = new_secret()
    client = ApiClient(new_id(), agency_id, name, role, fingerprint(secret), now())
    deps.clients.of(agency_id).add(client)
    return client, secret


def revoke_client(deps: Deps, agency_id: str, client_id: str) -> ApiClient:
    """Shut a program out; tokens that it holds end within the hour."""
    store = deps.clients.of(agency_id)
    store.get(client_id)
    store.revoke(client_id, now())
    return store.get(client_id)


def client_token(deps: Deps, client_id: str, secret: str, address: str) -> str:
    """A token for a program that knows its secret; Unauthorized otherwise."""
    deps.attempts.check(address, client_id)
    client = deps.clients.by_id(client_id)
    # the comparison is made for an unknown client too, so that time tells nothing
    right = is_secret_of(secret, client.secret_hash if client else fingerprint(""))
    if client is None or not right or client.revoked_at is not None:
        deps.attempts.failed(address, client_id)
        raise Unauthorized("The client is not known, or the secret is not right.")
    deps.clients.used(client.id, now())
    return deps.tokens.of_client(client)


def sign_in(deps: Deps, email: str, password: str, address: str) -> str:
    """Open a session and return what its cookie holds; Unauthorized with the same words whatever was wrong."""
    account = email_key(email)
    deps.attempts.check(address, account)
    member = deps.members.by_email(account)
    kept = (member.password_hash or None) if member and member.active else None
    if not deps.passwords.verify(kept, password) or member is None or kept is None:
        deps.attempts.failed(address, account)
        raise Unauthorized("The address or the password is not right.")
    if deps.passwords.is_outdated(kept):
        deps.members.rehash(member.id, deps.passwords.hash(password))
    return _open_session(deps, member, member.has_second_step)


def confirm_code(deps: Deps, secret: str, code: str, address: str) -> tuple[str, Member]:
    """Go through the second step: another session in place of the waiting one; Unauthorized for a wrong code."""
    member = waiting_for_code(deps, secret)
    if member is None:
        raise NotFound("Begin with the password.")
    deps.attempts.check(address, f"code {member.id}")
    if not uses_code(deps, member, member.totp_secret or "", code):
        deps.attempts.failed(address, f"code {member.id}")
        raise Unauthorized("The code is not right.")
    deps.sessions.close(fingerprint(secret))
    return _open_session(deps, member, False), member


def waiting_for_code(deps: Deps, secret: str) -> Member | None:
    """Who gave the right password and has yet to give the code."""
    session = deps.sessions.find(fingerprint(secret))
    if session is None or not session.waits_for_code or session.is_over(now()):
        return None
    member = deps.members.by_id(session.member_id)
    return member if member and member.active and member.has_second_step else None


def uses_code(deps: Deps, member: Member, totp_secret: str, code: str) -> bool:
    """Whether the code is one of now that was not used before; it is used up by that."""
    step = second_step.step_of(totp_secret, code, now().timestamp())
    return step is not None and deps.members.use_code(member.id, step)


def add_second_step(deps: Deps, member: Member, totp_secret: str, code: str) -> None:
    """Ask this person for codes from now on, once a code shows that the app has the secret; Invalid otherwise."""
    step = second_step.step_of(totp_secret, code, now().timestamp())
    if step is None:
        raise Invalid("The code is not right.", {"code": [codes.WRONG_CODE()]})
    deps.members.keep_second_step(member.id, totp_secret, step)


def drop_second_step(deps: Deps, member: Member, code: str) -> None:
    """Ask for no more codes; takes a code, so that an open page alone is not enough."""
    if not uses_code(deps, member, member.totp_secret or "", code):
        raise Invalid("The code is not right.", {"code": [codes.WRONG_CODE()]})
    deps.members.keep_second_step(member.id, None, 0)


def open_session(deps: Deps, member: Member) -> str:
    """Open a session for somebody who has just shown who they are; what its cookie holds comes back."""
    return _open_session(deps, member, member.has_second_step)


def _open_session(deps: Deps, member: Member, waits_for_code: bool) -> str:
    secret, moment = new_secret(), now()
    deps.sessions.open(Session(fingerprint(secret), member.id, moment, moment, waits_for_code))
    return secret


def signed_in(deps: Deps, secret: str, touch: bool = True) -> Member | Prospect | None:
    """Whose session the cookie opens, if it is still one; `touch` counts this as use."""
    session, moment = deps.sessions.find(fingerprint(secret)), now()
    if session is None or session.waits_for_code or session.is_over(moment):
        return None
    whose = session.prospect or deps.members.by_id(session.member_id)
    if whose is None or (isinstance(whose, Member) and not whose.active):
        return None
    if touch and session.is_stale(moment):
        deps.sessions.touch(replace(session, seen_at=moment))
    return whose


def sign_out(deps: Deps, secret: str) -> None:
    """End the session here, whatever the browser keeps."""
    deps.sessions.close(fingerprint(secret))


def ensure_operator(deps: Deps, email: str, password: str) -> tuple[Member, bool]:
    """The operator with this address and password; says whether it is new. A member's address is refused."""
    found = deps.members.by_email(email_key(email))
    if found is None:
        facts = {"email": email, "display_name": "Operator", "role": "operator", "password": password}
        return add_member(deps, "", facts), True
    if found.role != "operator":
        raise Conflict("Somebody signs in with this address already.", {"email": [codes.EMAIL_OF_A_MEMBER()]})
    if not deps.passwords.verify(found.password_hash, password):
        change_password(deps, "", found.id, password)
    return found, False


def ensure_agency(deps: Deps, agency_id: str) -> None:
    """NotFound when there is no such agency; the operator's own clients have none."""
    if agency_id:
        deps.agencies.of(agency_id).get(agency_id)


def own_agency(deps: Deps, asked: str, own: str) -> Agency:
    """The agency that is asked for, if it is one's own or one is the operator (`own` empty)."""
    if own and asked != own:
        raise NotFound("There is no agency with this id.")
    return deps.agencies.of(asked).get(asked)


def _changed(thing: Agency | Member, facts: Mapping[str, Any]) -> bool:
    try:
        return thing.change(facts)
    except RuleBroken as broken:
        raise Invalid(broken.error, {broken.field: [broken.error]}) from None
