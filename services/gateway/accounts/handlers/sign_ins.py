"""Signing in and out; every attempt on a member's account is recorded, the failed ones too."""

from __future__ import annotations

from dataclasses import replace

from services.gateway.accounts.credentials import fingerprint, new_secret
from services.gateway.accounts.deps import Deps
from services.gateway.accounts.handlers.second_step import is_right_code
from services.gateway.accounts.model.member import Member, email_key
from services.gateway.accounts.model.session import Prospect, Session
from services.gateway.accounts.origin import Origin
from shared.errors import NotFound, TooManyRequests, Unauthorized
from shared.messaging.event import now


def sign_in(deps: Deps, email: str, password: str, origin: Origin) -> str:
    """Open a session and return the content of its cookie; it may wait for a code.

    Unauthorized with the same text for every cause, TooManyRequests after too many failures.
    """
    member = deps.members.by_email(email_key(email))
    try:
        secret, signed_in_as = _open_with_password(deps, member, email, password, origin)
    except (Unauthorized, TooManyRequests) as error:
        if member:
            _record(deps, member, "refused" if isinstance(error, Unauthorized) else "limited", origin)
        raise
    _record(deps, signed_in_as, "half" if signed_in_as.has_second_step else "password", origin)
    _describe(deps, secret, origin)
    return secret


def confirm_code(deps: Deps, secret: str, code: str, origin: Origin) -> tuple[str, Member]:
    """Complete the second step: another session in place of the waiting one; Unauthorized for a wrong code."""
    member = waiting_for_code(deps, secret)
    if member is None:
        raise NotFound("Sign in with the password first.")
    try:
        _check_code(deps, member, code, origin)
    except (Unauthorized, TooManyRequests) as error:
        _record(deps, member, "code_refused" if isinstance(error, Unauthorized) else "limited", origin)
        raise
    deps.sessions.close(fingerprint(secret))
    fresh = _open_session(deps, member, False)
    _record(deps, member, "code", origin)
    _describe(deps, fresh, origin)
    return fresh, member


def record_invitation(deps: Deps, member: Member, secret: str, origin: Origin) -> None:
    """Record that a member accepted an invitation."""
    _record(deps, member, "invitation", origin)
    _describe(deps, secret, origin)


def waiting_for_code(deps: Deps, secret: str) -> Member | None:
    """The member who gave the right password and still has to give the code."""
    session = deps.sessions.find(fingerprint(secret))
    if session is None or not session.waits_for_code or session.is_over(now()):
        return None
    member = deps.members.by_id(session.member_id)
    return member if member and member.active and member.has_second_step else None


def open_session(deps: Deps, member: Member) -> str:
    """Open a session for a member whose identity is proved; returns the content of its cookie."""
    return _open_session(deps, member, member.has_second_step)


def signed_in(deps: Deps, secret: str, touch: bool = True) -> Member | Prospect | None:
    """The person of the cookie's session, if it is valid; `touch` counts this as use."""
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
    """End the session on the server, whatever the browser keeps."""
    deps.sessions.close(fingerprint(secret))


def _open_with_password(
    deps: Deps, member: Member | None, email: str, password: str, origin: Origin
) -> tuple[str, Member]:
    account = email_key(email)
    deps.attempts.check(origin.address, account)
    kept = (member.password_hash or None) if member and member.active else None
    if not deps.passwords.verify(kept, password) or member is None or kept is None:
        deps.attempts.failed(origin.address, account)
        raise Unauthorized("The address or the password is not right.")
    if deps.passwords.is_outdated(kept):
        deps.members.rehash(member.id, deps.passwords.hash(password))
    return _open_session(deps, member, member.has_second_step), member


def _check_code(deps: Deps, member: Member, code: str, origin: Origin) -> None:
    account = f"code {member.id}"
    deps.attempts.check(origin.address, account)
    if not is_right_code(deps, member, code):
        deps.attempts.failed(origin.address, account)
        raise Unauthorized("The code is wrong.")


def _open_session(deps: Deps, member: Member, waits_for_code: bool) -> str:
    secret, moment = new_secret(), now()
    deps.sessions.open(Session(fingerprint(secret), member.id, moment, moment, waits_for_code))
    return secret


def _record(deps: Deps, member: Member, outcome: str, origin: Origin) -> None:
    deps.sign_ins.note(member, outcome, origin.place, origin.browser)


def _describe(deps: Deps, secret: str, origin: Origin) -> None:
    deps.sessions.describe(fingerprint(secret), origin.place, origin.browser)
