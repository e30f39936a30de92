"""The command `import`, against a service that answers over real HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, jsonify, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from tests.integration.properties.feeding import an_importer
from tests.integration.properties.test_imports import MAPPING, file, line
from tests.integration.rooms import Room

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Shell:
    """Where the command is typed."""

    url: str
    folder: Path

    def type(self, *words: str, secret: str = "right") -> subprocess.CompletedProcess[str]:
        """Run the import command."""
        env = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
        env |= {"PROPERTIES_URL": self.url, "TOKEN_URL": f"{self.url}/oauth/token"}
        env |= {"CLIENT_ID": "client", "CLIENT_SECRET": secret}
        command = [sys.executable, "-m", "services.properties", "import", *words]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=100, check=False)

    def put(self, name: str, content: bytes) -> str:
        """Put a file where it can be named."""
        (self.folder / name).write_bytes(content)
        return str(self.folder / name)


@pytest.fixture
def shell(room: Room, tmp_path: Path) -> Iterator[Shell]:
    gateway, stop = Flask("stand-in"), threading.Event()

    @gateway.post("/token")
    def token() -> object:
        if request.form["client_secret"] != "right":
            return jsonify({"error": "invalid_client"}), 401
        return jsonify({"access_token": room.issuer.token("agent", "agency-shell"), "expires_in": 300})

    def work() -> None:
        importer = an_importer(room)
        while not stop.wait(0.05):
            importer.turn()

    app = DispatcherMiddleware(room.client.application, {"/oauth": gateway})
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threads = [threading.Thread(target=server.serve_forever), threading.Thread(target=work)]
    for thread in threads:
        thread.start()
    yield Shell(f"http://127.0.0.1:{server.port}", tmp_path)
    stop.set()
    server.shutdown()
    for thread in threads:
        thread.join()


def test_the_command_tells_counts_and_refused_rows(shell: Shell) -> None:
    homes = shell.put("homes.csv", file(line(ref="A"), line(ref="B", price="a lot")))
    own = shell.put("own.toml", MAPPING)
    dry = shell.type(homes, "--map", own, "--dry-run")
    assert (dry.returncode, dry.stdout) == (0, "Dry run: 1 created, 0 updated, 0 unchanged, 1 refused.\n"), dry.stderr
    done = shell.type(homes, "--map", own)
    assert (done.returncode, done.stdout) == (0, "1 created, 0 updated, 0 unchanged, 1 refused.\n"), done.stderr
    refused = next(text for text in done.stderr.splitlines() if "list_price" in text)
    assert all(word in refused for word in ("3", "B", "Column price", "is not a number"))
    again = shell.type(homes, "--map", own)
    assert again.stdout == "0 created, 0 updated, 1 unchanged, 1 refused.\n"


def test_nothing_that_goes_in_is_a_failure(shell: Shell) -> None:
    own = shell.put("own.toml", MAPPING)
    done = shell.type(shell.put("bad.csv", file(line(ref="Z", price="x"))), "--map", own)
    assert (done.returncode, done.stdout) == (1, "0 created, 0 updated, 0 unchanged, 1 refused.\n")


def test_a_refusal_is_told_in_the_services_words(shell: Shell) -> None:
    homes = shell.put("homes.csv", file(line(ref="A")))
    unknown = shell.type(homes, "--map", "nowhere")
    assert unknown.returncode == 1
    assert "mapping" in unknown.stderr
    assert "king_county" in unknown.stderr
    stranger = shell.type(homes, "--map", "king_county", secret="wrong")
    assert stranger.returncode == 1
    assert "invalid_client" in stranger.stderr
    assert "Traceback" not in unknown.stderr + stranger.stderr
