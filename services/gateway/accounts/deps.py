"""The dependencies of the use cases of the accounts."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.accounts.attempts import Attempts
from services.gateway.accounts.credentials import Passwords
from services.gateway.accounts.store.agencies import AgencyStore
from services.gateway.accounts.store.api_clients import ClientStore
from services.gateway.accounts.store.audit import ChangeStore, SignInStore
from services.gateway.accounts.store.invitations import InvitationStore
from services.gateway.accounts.store.members import MemberStore
from services.gateway.accounts.store.sessions import SessionStore
from services.gateway.accounts.store.sign_in_links import UsedLinkStore
from services.gateway.accounts.tokens import Tokens


@dataclass(frozen=True)
class Deps:
    """The stores of the accounts, and the checks of passwords, tokens and links."""

    agencies: AgencyStore
    members: MemberStore
    clients: ClientStore
    sessions: SessionStore
    used_links: UsedLinkStore
    invitations: InvitationStore
    sign_ins: SignInStore
    changes: ChangeStore
    passwords: Passwords
    attempts: Attempts
    tokens: Tokens
    link_secret: str
