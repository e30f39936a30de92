"""The one list of services: what runs, on which port, in which processes.

The launcher, the settings, the contracts of events and the tests read it; docker-compose.yml, deploy/kubernetes and the
table of docs/architecture.md are compared with it. docs/new-service.md shows how a service is added.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceLine:
    """One service: its package below services/, which is also its database, and the port of its web process.

    `more_processes` are those besides web and worker, each with its port; `sends_mail` gives it SMTP_URL,
    `signs_tokens` the private key and the addresses of the others.
    """

    name: str
    port: int
    more_processes: tuple[tuple[str, int], ...] = ()
    sends_mail: bool = False
    signs_tokens: bool = False


LINES = (
    ServiceLine("leads", 8001),
    ServiceLine("properties", 8002),
    ServiceLine("matching", 8003),
    ServiceLine("notifications", 8004, sends_mail=True),
    ServiceLine("gateway", 8000, more_processes=(("stream", 8005),), signs_tokens=True),
)
SERVICES = tuple(line.name for line in LINES)
PORTS = {line.name: line.port for line in LINES}
# The processes that every service has.
PROCESSES = ("web", "worker")


def line_of(service: str) -> ServiceLine:
    """The entry of a service; KeyError when there is no such service."""
    return {line.name: line for line in LINES}[service]
