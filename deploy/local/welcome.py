"""What a person and a script are told once everything is ready."""

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


def demo_variables(place: plan.Place, accounts: Mapping[str, str]) -> dict[str, str]:
    """The variables of `.local/demo.env`, these and no others; raises Complaint when the seed left one out."""
    if missing := [name for name in ACCOUNTS if not accounts.get(name)]:
        raise Complaint(f"The demo data came without {', '.join(missing)}.")
    urls = plan.addresses(place)
    return {
        "GATEWAY_URL": urls.pop("GATEWAY_URL"),
        **urls,
        "TOKEN_URL": f"{place.url('gateway')}/oauth/token",
        **{name: accounts[name] for name in ACCOUNTS},
        "MAIL_DIR": str(place.checkout.mail),
    }


def text(told: Mapping[str, str], checkout: Checkout) -> str:
    """Where to look and what to try."""
    env = os.path.relpath(checkout.demo_env)
    others = ", ".join(told[f"{name}_URL"] for name in ("PROPERTIES", "MATCHING", "NOTIFICATIONS"))
    return f"""
Lintel is ready.

  Look     {told["GATEWAY_URL"]}            sign in as {told["AGENT_EMAIL"]} / {told["AGENT_PASSWORD"]}
           {told["GATEWAY_URL"]}/mailbox    every mail that Lintel has sent; none leaves this machine
           {told["LEADS_URL"]}/docs       (and {others})
  Admin    {told["ADMIN_EMAIL"]} / {told["ADMIN_PASSWORD"]}
  Operator {told["OPERATOR_EMAIL"]} / {told["OPERATOR_PASSWORD"]}

  Try, in another terminal:
    . {env}
    TOKEN=$(curl -s -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials "$TOKEN_URL" |
            python3 -c 'import json,sys; print(json.load(sys.stdin)["access_token"])')
    curl -s -H "Authorization: Bearer $TOKEN" "$PROPERTIES_URL/v1/listings?limit=3"
    make scale SERVICE=matching N=3
    make doctor

  Logs are in .local/log/. Ctrl-C stops everything."""
