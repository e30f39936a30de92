"""A private RabbitMQ node: no epmd, no system files, no other user; everything in one folder."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import amqp

from deploy.local import environment
from deploy.local.complaint import Complaint
from deploy.local.processes.process import Program

USER = "lintel"
NODE = "lintel@localhost"
PACKAGED = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
# Debian's wrapper there changes to a system user that cannot write our folder.
WRAPPERS = Path("/usr/sbin")
NOT_FOUND = (
    "There is no RabbitMQ: install rabbitmq-server, or name its binary in RABBITMQ_SERVER_BIN, or a running one "
    "in AMQP_URL, or use docker compose up."
)


@dataclass(frozen=True)
class Node:
    """The address and the account of a node; `password` is known to this checkout only."""

    folder: Path
    port: int
    dist_port: int
    epmd_port: int
    password: str = field(repr=False)
    vhosts: Sequence[str] = ("lintel",)

    @property
    def home(self) -> Path:
        """Data, cookie and configuration."""
        return self.folder / "rabbitmq"

    def url(self, vhost: str = "lintel") -> str:
        """The address of a virtual host for clients."""
        return f"amqp://{USER}:{self.password}@127.0.0.1:{self.port}/{vhost}"


def find() -> Path | None:
    """The server script: RABBITMQ_SERVER_BIN, the package's own, or one on PATH that is no wrapper."""
    if named := environment.given("RABBITMQ_SERVER_BIN"):
        return Path(named)
    if os.access(PACKAGED, os.X_OK):
        return PACKAGED
    on_path = shutil.which("rabbitmq-server")
    return Path(on_path) if on_path and Path(on_path).parent != WRAPPERS else None


def program(node: Node, binary: Path | None = None) -> Program:
    """The node as a single process: the script execs it, so that a signal to the child reaches the node."""
    script = binary or find()
    if script is None:
        raise Complaint(NOT_FOUND)
    _write_configuration(node)
    return Program("rabbitmq", (str(script),), _environment(node), node.folder / "log" / "rabbitmq.log")


def epmd(node: Node) -> Program:
    """Erlang's name server for this node alone; start it first.

    RabbitMQ does not boot without one, and where it finds none it starts a daemon that outlives it and knows the
    nodes of everybody on the machine.
    """
    binary = shutil.which("epmd") or str(Path(shutil.which("erl") or "/usr/lib/erlang/bin/erl").with_name("epmd"))
    argv = (binary, "-port", str(node.epmd_port), "-address", "127.0.0.1")
    return Program("epmd", argv, environment.bare(HOME=str(node.folder)), node.folder / "log" / "epmd.log")


def control(node: Node, *words: str) -> Program:
    """A rabbitmqctl command for this node, for example `control(node, "status")`."""
    script = (find() or PACKAGED).with_name("rabbitmqctl")
    return Program("rabbitmqctl", (str(script), *words), _environment(node), node.folder / "log" / "rabbitmqctl.log")


def is_ready(node: Node) -> bool:
    """Whether a client can open every virtual host."""
    return all(_opens(node, vhost) for vhost in node.vhosts)


def parts(url: str) -> dict[str, str]:
    """An AMQP URL as py-amqp's arguments."""
    split = urllib.parse.urlsplit(url)
    return {
        "host": f"{split.hostname}:{split.port or 5672}",
        "userid": urllib.parse.unquote(split.username or ""),
        "password": urllib.parse.unquote(split.password or ""),
        "virtual_host": urllib.parse.unquote(split.path.removeprefix("/")) or "/",
    }


def _opens(node: Node, vhost: str) -> bool:
    client = amqp.Connection(**parts(node.url(vhost)), connect_timeout=2)
    try:
        client.connect()
    except (OSError, amqp.AMQPError):
        return False
    client.close()
    return True


def _environment(node: Node) -> dict[str, str]:
    home, dist = node.home, node.dist_port
    return environment.bare(
        HOME=str(home),
        ERL_CRASH_DUMP=str(home / "erl_crash.dump"),
        RABBITMQ_NODENAME=NODE,
        RABBITMQ_CONF_ENV_FILE=os.devnull,
        RABBITMQ_CONFIG_FILE=str(home / "rabbitmq.conf"),
        RABBITMQ_MNESIA_BASE=str(home / "data"),
        RABBITMQ_LOG_BASE=str(node.folder / "log"),
        RABBITMQ_ENABLED_PLUGINS_FILE=str(home / "enabled_plugins"),
        RABBITMQ_PID_FILE=str(home / "pid"),
        RABBITMQ_DIST_PORT=str(dist),
        ERL_EPMD_PORT=str(node.epmd_port),
        RUNNING_UNDER_SYSTEMD="1",
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=(
            f"-start_epmd false -erl_epmd_port {dist} -kernel inet_dist_use_interface {{127,0,0,1}} +S 2:2"
        ),
        RABBITMQ_CTL_ERL_ARGS=f"-erl_epmd_port {dist} -start_epmd false -dist_listen false",
    )


def _write_configuration(node: Node) -> None:
    node.home.mkdir(parents=True, exist_ok=True)
    node.home.chmod(0o700)
    definitions = node.home / "definitions.json"
    definitions.write_text(json.dumps(_definitions(node), indent=1))
    (node.home / "enabled_plugins").write_text("[].\n")
    (node.home / "rabbitmq.conf").write_text(
        f"listeners.tcp.1 = 127.0.0.1:{node.port}\n"
        f"load_definitions = {definitions}\n"
        "vm_memory_high_watermark.absolute = 512MiB\n"
        "disk_free_limit.absolute = 64MB\n"
        "raft.wal_max_size_bytes = 67108864\n"
        "log.file = false\n"
        "log.console = true\n"
        "log.console.level = warning\n"
    )


def _definitions(node: Node) -> dict[str, object]:
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    return {
        "users": [
            {
                "name": USER,
                "password_hash": _password_hash(node.password),
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": "",
            }
        ],
        "vhosts": [{"name": vhost} for vhost in node.vhosts],
        "permissions": [{"user": USER, "vhost": vhost, **everything} for vhost in node.vhosts],
    }


def _password_hash(password: str) -> str:
    """RabbitMQ's salted form: base64(salt + sha256(salt + password)), four bytes of salt."""
    salt = os.urandom(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
