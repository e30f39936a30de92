"""`python -m services.<x> setup | web | worker | alive | dead ...`, the same in every service."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer
from pymongo.database import Database

from shared.messaging import dead_entries
from shared.running import logs, processes
from shared.running.service import Service, setup
from shared.running.settings import Settings
from shared.running.web_process import serve
from shared.storage import mongo


def main(service: Service) -> None:
    """Run the command that the arguments name."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

    def settings() -> Settings:
        found = Settings.from_env()
        logs.configure(service.name, found.log_level)
        return found

    @app.command("setup")
    def _setup() -> None:
        """Prepare database and broker; run it before web and worker, as often as you like."""
        setup(service, settings())

    @app.command("web")
    def _web() -> None:
        """Serve HTTP on BIND with gunicorn."""
        serve(f"services.{service.name}.app:create_app()")

    @app.command("worker")
    def _worker() -> None:
        """Consume, retry and relay until SIGTERM."""
        service.create_worker(settings()).run()

    @app.command("alive")
    def _alive(kind: str = "worker") -> None:
        """Exit 0 when a process of this kind on this host was seen a moment ago: a container's health check."""
        if not processes.lives_here(_db(service, settings()), kind):
            raise typer.Exit(1)

    app.add_typer(_dead(service, settings), name="dead", help="What could not be handled.")
    for name, command in service.commands.items():
        app.command(name)(command)
    app()


def _dead(service: Service, settings: Callable[[], Settings]) -> typer.Typer:
    app = typer.Typer(no_args_is_help=True)

    def entries() -> dead_entries.DeadEntries:
        return dead_entries.DeadEntries(_db(service, settings()), None, "command line", everything=True)

    @app.command("list")
    def _list(limit: int = 50) -> None:
        """List dead entries, one JSON object a line."""
        for entry in entries().page(limit, None).items:
            typer.echo(json.dumps(entry, default=str))

    @app.command("show")
    def _show(entry_id: str) -> None:
        """Show one entry with its event and its history."""
        typer.echo(json.dumps(entries().show(entry_id), default=str, indent=2))

    @app.command("replay")
    def _replay(entry_id: str) -> None:
        """Handle it again."""
        entries().replay(entry_id)

    @app.command("discard")
    def _discard(entry_id: str, reason: Annotated[str, typer.Option()]) -> None:
        """Discard it."""
        entries().discard(entry_id, reason)

    return app


def _db(service: Service, settings: Settings) -> Database[Any]:
    client = mongo.connect(settings.mongo_url, f"{service.name}.cli")
    return mongo.database(client, settings.database(service.name))
