"""The stored demo accounts of a checkout: secrets are shown only once, so they must be kept."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from deploy.local.checkout import Checkout, write_secretly

OPERATOR_EMAIL = "operator@dintel.example.com"
WORDS = ("amber", "birch", "cedar", "coral", "hazel", "ivory", "lilac", "maple", "olive", "pearl", "slate", "willow")


@dataclass
class Accounts:
    """One agency's id, its program's key, and its people's passwords by address."""

    agency_id: str = ""
    client_id: str = ""
    client_secret: str = ""
    passwords: dict[str, str] = field(default_factory=dict)


@dataclass
class State:
    """All stored accounts; `complete` once all of the data was added."""

    operator_password: str
    operator_client: dict[str, str] = field(default_factory=dict)
    agencies: dict[str, Accounts] = field(default_factory=dict)
    complete: bool = False

    def of(self, key: str) -> Accounts:
        """The accounts of one agency, empty at first."""
        return self.agencies.setdefault(key, Accounts())


def path_of(checkout: Checkout) -> Path:
    """The file's path."""
    return checkout.local / "demo.json"


def read(path: Path) -> State:
    """The stored state, or a new one with its own password."""
    if not path.exists():
        return State(operator_password=new_password())
    kept: dict[str, Any] = json.loads(path.read_text())
    agencies = {key: Accounts(**accounts) for key, accounts in kept.pop("agencies").items()}
    return State(**kept, agencies=agencies)


def write(path: Path, state: State) -> None:
    """Store it, readable by this user only."""
    write_secretly(path, json.dumps(asdict(state), indent=1))


def new_password() -> str:
    """A random password that is easy to type."""
    return "-".join([*(secrets.choice(WORDS) for _ in range(3)), str(secrets.randbelow(9000) + 1000)])


def credentials(state: State, key: str, agent: str, admin: str) -> dict[str, str]:
    """The demo accounts, by the names of their variables in demo.env."""
    accounts = state.of(key)
    return {
        "CLIENT_ID": accounts.client_id,
        "CLIENT_SECRET": accounts.client_secret,
        "AGENT_EMAIL": agent,
        "AGENT_PASSWORD": accounts.passwords[agent],
        "ADMIN_EMAIL": admin,
        "ADMIN_PASSWORD": accounts.passwords[admin],
        "OPERATOR_EMAIL": OPERATOR_EMAIL,
        "OPERATOR_PASSWORD": state.operator_password,
    }
