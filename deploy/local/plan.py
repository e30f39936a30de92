"""The processes of an installation: each service's commands, port and variables, for the launcher, the tests and
the checks.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local import environment
from deploy.local.checkout import Checkout
from deploy.local.processes.process import Program
from shared.running.services import PROCESSES, SERVICES, line_of

# The gateway also has the live stream of open pages.
STREAM = ("gateway", "stream")
STREAM_PORT = dict(line_of(STREAM[0]).more_processes)[STREAM[1]]
MAIL_PORT, MONGO_PORT, AMQP_PORT, DIST_PORT, EPMD_PORT = 8025, 8017, 8072, 8073, 8074
KINDS = PROCESSES
# Passed on from the launcher's environment, when set.
FROM_CALLER = ("RATES", "LOG_LEVEL", "WEB_THREADS", "PROXY_HOPS", "TILE_URL", "TILE_ATTRIBUTION", "FAULT", "FAULT_DIR")


@dataclass(frozen=True)
class Place:
    """The addresses of one run."""

    checkout: Checkout
    mongo_url: str = field(repr=False)
    amqp_url: str = field(repr=False)
    ports: Mapping[str, int]
    mail_port: int
    mongo_db_prefix: str = ""
    stream_port: int = STREAM_PORT

    def url(self, service: str) -> str:
        """The base URL of a service's web process."""
        return f"http://127.0.0.1:{self.ports[service]}"


def command(service: str, kind: str) -> tuple[str, ...]:
    """The arguments to Python: `setup`, `web`, `worker`, `stream` or `alive` of a service."""
    return ("-m", f"services.{service}", kind)


def variables(place: Place, service: str) -> dict[str, str]:
    """The environment of a service; secrets and addresses only where they are used."""
    told = {
        "LINTEL_MODE": "local",
        "MONGO_URL": place.mongo_url,
        "MONGO_DB_PREFIX": place.mongo_db_prefix,
        "AMQP_URL": place.amqp_url,
        "SECRET_KEY": place.checkout.secret("SECRET_KEY"),
        "PUBLIC_URL": place.url("gateway"),
        "BIND": f"127.0.0.1:{place.ports[service]}",
        "JWKS_FILE": str(place.checkout.keys / "jwks.json"),
    }
    told |= {name: value for name in FROM_CALLER if (value := environment.given(name))}
    if line_of(service).sends_mail:
        told["SMTP_URL"] = f"smtp://127.0.0.1:{place.mail_port}"
    if line_of(service).signs_tokens:
        told |= _gateway_variables(place)
    return told


def addresses(place: Place) -> dict[str, str]:
    """Every service's address by the name of its variable."""
    return {f"{service.upper()}_URL": place.url(service) for service in SERVICES}


def program(place: Place, service: str, kind: str) -> Program:
    """One process of a service."""
    env = python_environment(place.checkout) | variables(place, service)
    if (service, kind) == STREAM:
        env["BIND"] = f"127.0.0.1:{place.stream_port}"
    return Program(
        name=f"{service}-{kind}",
        argv=(sys.executable, *command(service, kind)),
        env=env,
        log=place.checkout.logs / f"{service}-{kind}.log",
        cwd=place.checkout.root,
    )


def mail_catcher(place: Place) -> Program:
    """A mail server that stores everything in a Maildir and sends nothing on."""
    words = ("-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Mailbox", str(place.checkout.mail))
    return Program(
        name="mail",
        argv=(sys.executable, *words, "-l", f"127.0.0.1:{place.mail_port}"),
        env=python_environment(place.checkout),
        log=place.checkout.logs / "mail.log",
        cwd=place.checkout.root,
    )


def demo(place: Place, what: str) -> Program:
    """The command that seeds or removes the demo data; its environment is that of all services together."""
    told: dict[str, str] = {}
    for service in SERVICES:
        told |= variables(place, service)
    return Program(
        name=f"demo-{what}",
        argv=(sys.executable, "-m", "deploy.local.demo", what),
        env=python_environment(place.checkout) | told,
        log=place.checkout.logs / f"demo-{what}.log",
        cwd=place.checkout.root,
    )


def python_environment(checkout: Checkout) -> dict[str, str]:
    """The environment of every Python process of a checkout; the mark identifies leftover processes."""
    return environment.bare(
        HOME=str(checkout.local),
        PYTHONUNBUFFERED="1",
        MALLOC_ARENA_MAX="2",
        LINTEL_CHECKOUT=str(checkout.root),
    )


def _gateway_variables(place: Place) -> dict[str, str]:
    return addresses(place) | {
        "SIGNING_KEY_FILE": str(place.checkout.keys / "signing_key.json"),
        "MAIL_DIR": str(place.checkout.mail),
        "CONTROL_ENDPOINT": str(place.checkout.door),
        "CONTROL_KEY": place.checkout.secret("CONTROL_KEY"),
        "STREAM_URL": f"http://127.0.0.1:{place.stream_port}",
    }


def root() -> Path:
    """The checkout that contains this file."""
    return Path(__file__).resolve().parents[2]
