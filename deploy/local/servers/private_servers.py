"""A private MongoDB and a private RabbitMQ, started and ended together; the tests' and the benches' servers."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from deploy.local.processes.process import Running
from deploy.local.servers import mongod, ports, rabbitmq

MONGO_SECONDS = 30
EPMD_SECONDS = 10
RABBITMQ_SECONDS = 90


class Servers:
    """Two servers in one folder on free loopback ports; each can also be killed and started again alone."""

    def __init__(self, folder: Path, vhosts: Sequence[str] = ("lintel",)) -> None:
        self.folder = folder
        self.mongo_port, port, dist_port, epmd_port = ports.free(4)
        self.node = rabbitmq.Node(folder, port, dist_port, epmd_port, secrets.token_urlsafe(18), tuple(vhosts))
        self.mongo = Running(mongod.program(folder, self.mongo_port))
        self.epmd = Running(rabbitmq.epmd(self.node))
        self.rabbitmq = Running(rabbitmq.program(self.node))

    @property
    def mongo_url(self) -> str:
        """The replica set's URL."""
        return mongod.url(self.mongo_port)

    def amqp_url(self, vhost: str = "lintel") -> str:
        """A virtual host's URL."""
        return self.node.url(vhost)

    def start(self) -> None:
        """Start both at once and wait until both serve; raises Complaint with the log's end when one does not."""
        self.mongo.start()
        self.epmd.start()
        try:
            self.epmd.wait_until(lambda: not ports.is_free(self.node.epmd_port), EPMD_SECONDS)
            self.rabbitmq.start()
            self.wait()
        except BaseException:
            self.stop()
            raise

    def wait(self) -> None:
        """Wait until both serve, for example after one was started again."""
        self.mongo.wait_until(lambda: mongod.is_primary(self.mongo_port), MONGO_SECONDS)
        self.rabbitmq.wait_until(lambda: rabbitmq.is_ready(self.node), RABBITMQ_SECONDS)

    def stop(self) -> None:
        """End both, RabbitMQ first; their files stay."""
        self.rabbitmq.stop()
        self.epmd.stop()
        self.mongo.stop()

    def remove(self) -> None:
        """Kill both at once, since their data is not kept, and delete their folder."""
        for server in (self.rabbitmq, self.epmd, self.mongo):
            server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
