"""The text and the variables written once everything is ready."""

from __future__ import annotations

import os
from collections.abc import Mapping

from deploy.local import plan
from deploy.local.checkout import Checkout
from deploy.local.complaint import Complaint

ACCOUNTS = (
    *("CLIENT_ID", "CLIENT_SECRET", "AGENT_EMAIL", "AGENT_PASSWORD"),
    *("ADMIN_EMAIL", "ADMIN_PASSWORD", "OPERATOR_EMAIL", "OPERATOR_PASSWORD"),
)

EMPTY = ".venv/bin/python -m deploy.local service gateway create-operator --help"


def addresses(place: plan.Place) -> dict[str, str]:
    """The variables of `.local/demo.env` with the addresses."""
    urls = plan.addresses(place)
    return {
        "GATEWAY_URL": urls.pop("GATEWAY_URL"),
        **urls,
        "TOKEN_URL": f"{place.url('gateway')}/oauth/token",
        "MAIL_DIR": str(place.checkout.mail),
    }


def accounts(seeded: Mapping[str, str]) -> dict[str, str]:
    """The variables of `.local/demo.env` with the credentials; raises Complaint when the seed left one out."""
    if missing := [name for name in ACCOUNTS if not seeded.get(name)]:
        raise Complaint(f"The demo data came without {', '.join(missing)}.")
    return {name: seeded[name] for name in ACCOUNTS}


def text(told: Mapping[str, str], checkout: Checkout) -> str:
    """The addresses and first steps as text."""
    env = os.path.relpath(checkout.demo_env)
    others = ", ".join(told[f"{name}_URL"] for name in ("PROPERTIES", "MATCHING", "NOTIFICATIONS"))
    return f"""
Lintel is ready.

  Look     {told["GATEWAY_URL"]}
           {told["GATEWAY_URL"]}/mailbox    every mail that Lintel has sent; none leaves this machine
           {told["LEADS_URL"]}/docs       (and {others})
{_doors(told, env)}
  Logs are in .local/log/; `make doctor` says how it feels. Ctrl-C stops everything."""


def _doors(told: Mapping[str, str], env: str) -> str:
    if "AGENT_EMAIL" not in told:
        return f"""
  It is empty: make the first account with
    {EMPTY}
"""
    return f"""  Agent    {told["AGENT_EMAIL"]} / {told["AGENT_PASSWORD"]}
  Admin    {told["ADMIN_EMAIL"]} / {told["ADMIN_PASSWORD"]}
  Operator {told["OPERATOR_EMAIL"]} / {told["OPERATOR_PASSWORD"]}

  Try, in another terminal:
    . {env}
    TOKEN=$(curl -s -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials "$TOKEN_URL" |
            python3 -c 'import json,sys; print(json.load(sys.stdin)["access_token"])')
    curl -s -H "Authorization: Bearer $TOKEN" "$PROPERTIES_URL/v1/listings?limit=3"
    make scale SERVICE=matching N=3
"""
