"""One private MongoDB and one private RabbitMQ for a whole test run, shared by all its processes."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from deploy.local.servers.private_servers import Servers


@dataclass(frozen=True)
class Addresses:
    """Where the run's servers are; `amqp` holds a URL for each virtual host."""

    mongo: str
    amqp: dict[str, str]


@contextmanager
def shared_servers(folder: Path, vhosts: Sequence[str]) -> Iterator[Addresses]:
    """Start the run's servers, or join those another process of the run has started.

    Whoever starts them ends them, after the last who joined has left; the kernel lets go of a crashed one's locks,
    and ends the servers when their starter crashes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = folder / "servers.json"
    with (folder / "start.lock").open("w") as start, (folder / "users.lock").open("w") as users:
        _lock(start)
        if told.exists() and _joins(users, told):
            addresses = Addresses(**json.loads(told.read_text()))
            _unlock(start)
            yield addresses
            _unlock(users)
        else:
            yield from _own(folder, vhosts, start, users)


def _own(folder: Path, vhosts: Sequence[str], start: IO[str], users: IO[str]) -> Iterator[Addresses]:
    servers = Servers(folder / "servers", vhosts)
    servers.start()
    try:
        addresses = Addresses(servers.mongo_url, {name: servers.amqp_url(name) for name in vhosts})
        (folder / "servers.json").write_text(json.dumps(asdict(addresses)))
        (folder / "owner.lock").touch()
        with (folder / "owner.lock").open("w") as owner:
            _lock(owner)
            _unlock(start)
            yield addresses
            _lock(start)
            _lock(users)
            (folder / "servers.json").unlink()
    finally:
        servers.remove()
        _unlock(users)
        _unlock(start)


def _joins(users: IO[str], told: Path) -> bool:
    """Whether the starter still lives (it holds its lock); a crashed one's note is thrown away."""
    with told.with_name("owner.lock").open("w") as owner:
        try:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(users, fcntl.LOCK_SH)
            return True
    told.unlink()
    return False


def _lock(file: IO[str]) -> None:
    fcntl.flock(file, fcntl.LOCK_EX)


def _unlock(file: IO[str]) -> None:
    fcntl.flock(file, fcntl.LOCK_UN)
