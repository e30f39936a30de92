"""python -m services.properties import: sends a file to a running Lintel over HTTP and prints the results."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import requests
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

WAIT_SECONDS = 0.3
SHOWN = 200


class Refused(typer.Exit):
    """The service refused the call; its reason is printed already."""


@dataclass
class Installation:
    """The API of a running Lintel with the client's token, renewed when it expires."""

    url: str
    token_url: str
    client_id: str
    client_secret: str
    _token: str = ""

    def call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """One call; raises Refused, with the reason on stderr, when the service refuses."""
        answer = self._send(method, path, options)
        if answer.status_code == 401:
            self._token = ""
            answer = self._send(method, path, options)
        return _body(answer)

    def _send(self, method: str, path: str, options: dict[str, Any]) -> requests.Response:
        if not self._token:
            form = {"grant_type": "client_credentials", "client_id": self.client_id}
            form["client_secret"] = self.client_secret
            self._token = str(_body(_reach("POST", self.token_url, data=form))["access_token"])
        return _reach(method, self.url + path, headers={"Authorization": f"Bearer {self._token}"}, **options)


def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A CSV file.")],
    map_: Annotated[str, typer.Option("--map", help="A mapping file, or the name of a shipped one.")],
    url: Annotated[str, typer.Option("--url", envvar="PROPERTIES_URL")],
    token_url: Annotated[str, typer.Option("--token-url", envvar="TOKEN_URL")],
    client_id: Annotated[str, typer.Option("--client-id", envvar="CLIENT_ID")],
    client_secret: Annotated[str, typer.Option("--client-secret", envvar="CLIENT_SECRET", prompt=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")] = False,
) -> None:
    """Import listings from a CSV file; exits with 1 when no row was imported."""
    lintel = Installation(url.rstrip("/"), token_url, client_id, client_secret)
    console = Console(stderr=True)
    job = _hand_in(lintel, file, map_, dry_run)
    job = _follow(lintel, job, console)
    _print_report(lintel, job, console)
    if job["state"] != "finished" or not sum(job["counts"][name] for name in ("created", "updated", "unchanged")):
        raise typer.Exit(1)


def _hand_in(lintel: Installation, file: Path, map_: str, dry_run: bool) -> dict[str, Any]:
    form = {"dry_run": "true" if dry_run else "false"}
    files = {"file": (file.name, file.read_bytes(), "text/csv")}
    if Path(map_).is_file():
        files["mapping"] = (Path(map_).name, Path(map_).read_bytes(), "application/toml")
    else:
        form["mapping"] = map_
    return lintel.call("POST", "/v1/imports", data=form, files=files)


def _follow(lintel: Installation, job: dict[str, Any], console: Console) -> dict[str, Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task(job["file_name"], total=job["rows_total"])
        while job["state"] == "open":
            time.sleep(WAIT_SECONDS)
            job = lintel.call("GET", f"/v1/imports/{job['id']}")
            progress.update(bar, completed=job["rows_done"])
    return job


def _print_report(lintel: Installation, job: dict[str, Any], console: Console) -> None:
    if job["counts"]["refused"]:
        table = Table("row", "reference", "field", "reason", title="Refused rows")
        for row in _refused(lintel, job["id"]):
            for name, errors in row["errors"].items():
                table.add_row(str(row["row"]), row["reference"] or "", name, " ".join(one["detail"] for one in errors))
        console.print(table)
        if job["counts"]["refused"] > SHOWN:
            console.print(f"The first {SHOWN}; all of them: GET /v1/imports/{job['id']}/rows?verdict=refused")
    if job["state"] == "failed":
        console.print(f"Given up: {job['failure']['detail']}")
    said = ", ".join(f"{count} {verdict}" for verdict, count in job["counts"].items())
    typer.echo(f"{'Dry run: ' if job['dry_run'] else ''}{said}.")


def _refused(lintel: Installation, import_id: str) -> Iterator[dict[str, Any]]:
    query = {"verdict": "refused", "limit": SHOWN}
    yield from lintel.call("GET", f"/v1/imports/{import_id}/rows", params=query)["items"]


def _reach(method: str, url: str, **options: Any) -> requests.Response:
    try:
        return requests.request(method, url, timeout=60, **options)
    except requests.RequestException as error:
        typer.echo(f"{url} cannot be reached: {type(error).__name__}.", err=True)
        raise Refused(1) from None


def _body(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        body = {"detail": answer.text[:200]}
    if not answer.ok:
        typer.echo(f"{answer.status_code}: {body.get('detail') or body.get('error') or answer.reason}", err=True)
        for name, why in (body.get("errors") or {}).items():
            typer.echo(f"  {name}: {why}", err=True)
        raise Refused(1)
    return dict(body)
