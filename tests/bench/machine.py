"""What was measured on: without it no figure means anything."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
from collections.abc import Iterator

import psutil
from pymongo import MongoClient
from rich.console import Console

from deploy.local.servers import rabbitmq
from deploy.local.servers.private_servers import Servers

LIBRARIES = ("flask", "gunicorn", "pymongo", "kombu", "amqp", "numpy", "shapely")
IDLE = 0.3  # of the cores, over the last minute


def show(console: Console) -> None:
    """Print the machine and its load; call it before anything is started."""
    load, cores = os.getloadavg(), os.cpu_count() or 1
    memory = psutil.virtual_memory()
    console.print(f"[bold]{platform.system()} {platform.release()}[/], {cores} cores ({_processor()})")
    console.print(f"{memory.total / 1e9:.1f} GB, {memory.available / 1e9:.1f} GB of it available")
    versions = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    console.print(f"Python {platform.python_version()}, {', '.join(versions)}")
    console.print(f"load average before the start: {', '.join(f'{value:.2f}' for value in load)}")
    if load[0] > IDLE * cores:
        console.print("[red bold]This machine is busy with other work: the figures below are worse than its own.[/]")


def show_servers(console: Console, servers: Servers) -> None:
    """Print the versions of the private servers."""
    client: MongoClient[dict[str, object]]
    with MongoClient(servers.mongo_url) as client:
        mongo = client.server_info()["version"]
    console.print(f"MongoDB {mongo}, RabbitMQ {_rabbitmq(servers)}; both private, on loopback\n")


def _rabbitmq(servers: Servers) -> str:
    program = rabbitmq.control(servers.node, "version")
    said = subprocess.run(
        program.argv, env=dict(program.env), capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True
    )
    return said.stdout.strip().splitlines()[-1]


def _processor() -> str:
    return next(_models(), platform.processor() or platform.machine())


def _models() -> Iterator[str]:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as told:  # noqa: PTH123
            yield from (line.partition(":")[2].strip() for line in told if line.startswith("model name"))
    except FileNotFoundError:
        return  # not Linux
