"""`python -m deploy.local.demo seed | remove`; the environment says where Lintel runs."""

from __future__ import annotations

import json

import typer

from deploy.local import plan
from deploy.local.checkout import Checkout
from deploy.local.complaint import Complaint
from deploy.local.demo import state
from deploy.local.demo.remove import remove
from deploy.local.demo.seed import seed
from shared.running.settings import Settings

commands = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@commands.command("seed")
def _seed() -> None:
    """Add missing demo data; the last line on stdout is a JSON object with the credentials."""
    settings = _local()
    print(json.dumps(seed(settings.service_urls, state.path_of(Checkout(plan.root())))))


@commands.command("remove")
def _remove() -> None:
    """Remove the demo data, and nothing else, from every service and from the mail catcher."""
    path = state.path_of(Checkout(plan.root()))
    known = [accounts.agency_id for accounts in state.read(path).agencies.values() if accounts.agency_id]
    removed = remove(_local(), known)
    path.unlink(missing_ok=True)
    documents = sum(removed.documents.values())
    print(f"Removed the demo data: {documents} documents and {removed.mails} mails.")


def _local() -> Settings:
    settings = Settings.from_env()
    if not settings.is_local:
        raise Complaint("Demo data is for local mode only (LINTEL_MODE=local).")
    return settings


if __name__ == "__main__":
    commands()
