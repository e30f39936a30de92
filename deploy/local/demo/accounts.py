"""The demo's operator, agencies, members and API clients: existing ones are used, missing ones are created."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from deploy.local import environment, plan
from deploy.local.complaint import Complaint
from deploy.local.demo.api import Api, Refused
from deploy.local.demo.state import OPERATOR_EMAIL, Accounts, State, new_password
from deploy.local.demo.world import Agency

PROGRAM = "Demo data"
KEY = ("client_id", "client_secret")


def operator(urls: Mapping[str, str], state: State) -> Api:
    """The operator's API; the operator is created if needed."""
    with ThreadPoolExecutor(1) as pool:
        words = ("create-operator", "--email", OPERATOR_EMAIL)
        making = pool.submit(_gateway, *words, OPERATOR_PASSWORD=state.operator_password)
        api = _operators_program(urls, state)
        making.result()
    return api


def _operators_program(urls: Mapping[str, str], state: State) -> Api:
    if state.operator_client:
        try:
            return Api(urls, **state.operator_client)
        except Refused as refused:
            if refused.status != 401:
                raise
    state.operator_client = _client("operator")
    return Api(urls, **state.operator_client)


def open_agency(platform: Api, agency: Agency, accounts: Accounts) -> None:
    """Create the agency with its admin if it is missing."""
    found = _find(platform, agency)
    accounts.agency_id = found["id"] if found else _open(platform, agency, accounts)


def staff_agency(urls: Mapping[str, str], agency: Agency, accounts: Accounts) -> tuple[Api, dict[str, str]]:
    """Create its members and its API client; returns the client's API and member ids by address."""
    helper = Api(urls, **_client("admin", "--agency", accounts.agency_id))
    members = _members(helper, agency, accounts)
    made = helper.post("gateway", "/v1/api-clients", {"name": "Demo", "role": "admin"})
    accounts.client_id, accounts.client_secret = (made[name] for name in KEY)
    _revoke_others(helper, accounts.client_id)
    return program(urls, accounts), members


def program(urls: Mapping[str, str], accounts: Accounts) -> Api:
    """The API of the agency's client; Refused when its key is not known."""
    return Api(urls, accounts.client_id, accounts.client_secret)


def _find(platform: Api, agency: Agency) -> dict[str, Any] | None:
    """The agency of this name and address; both, since another agency may have the same name."""
    wanted = {name: agency.facts[name] for name in ("name", "from_address")}
    every = platform.every("gateway", "/v1/agencies")
    return next((found for found in every if {name: found[name] for name in wanted} == wanted), None)


def _open(platform: Api, agency: Agency, accounts: Accounts) -> str:
    email = agency.admin["email"]
    accounts.passwords[email] = new_password()
    admin = {**agency.admin, "password": accounts.passwords[email]}
    opened = platform.post("gateway", "/v1/agencies", {**agency.facts, "admin": admin})
    return str(opened["id"])


def _members(helper: Api, agency: Agency, accounts: Accounts) -> dict[str, str]:
    """Ids of all members by address; a forgotten password is set anew."""
    ids = {member["email"]: member["id"] for member in helper.every("gateway", "/v1/members")}
    for member in (agency.admin, *agency.members):
        email = member["email"]
        known = accounts.passwords.get(email)
        accounts.passwords[email] = known or new_password()
        if email not in ids:
            facts = {name: value for name, value in member.items() if name != "town"}
            body = {**facts, "password": accounts.passwords[email]}
            ids[email] = helper.post("gateway", "/v1/members", body)["id"]
        elif not known:
            path = f"/v1/members/{ids[email]}/password-changes"
            helper.post("gateway", path, {"password": accounts.passwords[email]})
    return ids


def _revoke_others(helper: Api, kept: str) -> None:
    """Revoke the temporary API clients, and those of an earlier attempt."""
    for client in list(helper.every("gateway", "/v1/api-clients")):
        ours = client["name"] in (PROGRAM, "Demo") and client["revoked_at"] is None
        if ours and client["client_id"] != kept:
            helper.post("gateway", f"/v1/api-clients/{client['client_id']}/revocations")


def _client(role: str, *more: str) -> dict[str, str]:
    made = json.loads(_gateway("create-client", "--role", role, "--name", PROGRAM, *more).splitlines()[-1])
    return {name: made[name] for name in KEY}


def _gateway(*words: str, **secrets: str) -> str:
    """The output of one of the gateway's own commands; Complaint with it when the command fails."""
    done = subprocess.run(
        [sys.executable, "-m", "services.gateway", *words],
        env=environment.whole(secrets),
        cwd=plan.root(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Complaint(f"The gateway's {words[0]} failed:\n{done.stderr[-2000:]}")
    return done.stdout
