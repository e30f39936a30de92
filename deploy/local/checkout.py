"""The folder of a checkout's generated files: everything is in `.local/`."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Checkout:
    """The paths of one checkout; no two checkouts share any."""

    root: Path

    @property
    def local(self) -> Path:
        """The folder of all generated files."""
        return self.root / ".local"

    @property
    def lock(self) -> Path:
        """Locked by the launcher while it runs."""
        return self.local / "lock"

    @property
    def run(self) -> Path:
        """The launcher's and its children's pids and start times."""
        return self.local / "run.json"

    @property
    def demo_env(self) -> Path:
        """Addresses and demo accounts for scripts; exists only while everything is ready."""
        return self.local / "demo.env"

    @property
    def mail(self) -> Path:
        """The mail catcher's Maildir."""
        return self.local / "mail"

    @property
    def logs(self) -> Path:
        """One log file a process."""
        return self.local / "log"

    @property
    def keys(self) -> Path:
        """The key that signs tokens, and the public set that checks them."""
        return self.local / "keys"

    @property
    def control(self) -> Path:
        """The supervisor's sockets; readable by this user only."""
        return self.local / "control"

    @property
    def endpoint(self) -> str:
        """The supervisor's address; relative, since a socket's path may only have some 100 characters."""
        return f"ipc://{(self.control / 'supervisor').relative_to(self.root)}"

    @property
    def door(self) -> Path:
        """The socket at which the gateway requests more or fewer workers; relative, for the same reason."""
        return (self.control / "scaling").relative_to(self.root)

    def prepare(self) -> None:
        """Create the folders; the secret ones readable by this user only."""
        self.local.mkdir(exist_ok=True)
        for folder in (self.logs, self.keys, self.control):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)

    def turn_logs(self) -> None:
        """Move the last run's logs aside, replacing those of the run before."""
        for log in self.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.1"))

    def secret(self, name: str) -> str:
        """A random secret of this checkout, made at its first use."""
        path = self.local / "secrets.json"
        known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        if name not in known:
            known[name] = secrets.token_urlsafe(32)
            write_secretly(path, json.dumps(known, indent=1))
        return known[name]


def write_secretly(path: Path, text: str) -> None:
    """Replace a file atomically; other users cannot read it."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.replace(path)
