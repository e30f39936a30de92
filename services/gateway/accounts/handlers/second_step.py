"""The second step of signing in: its owner turns it on and off with a current code."""

from __future__ import annotations

from services.gateway.accounts import codes, totp
from services.gateway.accounts.deps import Deps
from services.gateway.accounts.model.member import Member
from shared.errors import Invalid
from shared.messaging.event import now


def is_right_code(deps: Deps, member: Member, code: str) -> bool:
    """Whether the code is current and was not used before; this uses it."""
    step = totp.step_of(member.totp_secret or "", code, now().timestamp())
    return step is not None and deps.members.use_code(member.id, step)


def add_second_step(deps: Deps, member: Member, totp_secret: str, code: str) -> None:
    """Turn the second step on, once a code proves that the app has the secret; Invalid otherwise."""
    step = totp.step_of(totp_secret, code, now().timestamp())
    if step is None:
        raise Invalid("The code is wrong.", {"code": [codes.WRONG_CODE()]})
    deps.members.keep_second_step(member.id, totp_secret, step)


def remove_second_step(deps: Deps, member: Member, code: str) -> None:
    """Turn the second step off; needs a code, so that an open page alone is not enough."""
    if not is_right_code(deps, member, code):
        raise Invalid("The code is wrong.", {"code": [codes.WRONG_CODE()]})
    deps.members.keep_second_step(member.id, None, 0)
