"""Fixtures for all tests: real servers of the run's own, and a clean room in them for each test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import amqp
import pytest
from amqp.exceptions import NotFound
from pymongo import MongoClient

from deploy.local.servers import rabbitmq
from deploy.local.servers.private_servers import Servers
from shared.running.services import SERVICES
from tests.servers import Addresses, shared_servers

ENDINGS = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pictures` lets the browser tests renew docs/pictures."""
    parser.addoption("--pictures", action="store_true", help="keep pictures of the pages in docs/pictures")


def pytest_configure(config: pytest.Config) -> None:
    """Prepare what ends after the last test."""
    config.stash[ENDINGS] = ExitStack()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the servers here: their starter waits for the other processes, which no test's time limit should count."""
    session.config.stash[ENDINGS].close()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "shared"


@pytest.fixture(scope="session")
def servers(run_folder: Path, request: pytest.FixtureRequest) -> Addresses:
    """The run's MongoDB and RabbitMQ; nobody may kill, stop or starve these (see own_servers)."""
    count = getattr(request.config, "workerinput", {}).get("workercount", 0)
    vhosts = ["master", *(f"gw{number}" for number in range(count))]
    return request.config.stash[ENDINGS].enter_context(shared_servers(run_folder, vhosts))


@pytest.fixture(scope="session")
def mongo_url(servers: Addresses) -> str:
    """The run's replica set."""
    return servers.mongo


@pytest.fixture
def mongo_prefix(mongo_url: str) -> Iterator[str]:
    """A MONGO_DB_PREFIX of this test's own; its databases are dropped afterwards."""
    prefix = f"t{uuid.uuid4().hex[:12]}_"
    yield prefix
    drop_databases(mongo_url, prefix)


@pytest.fixture(scope="module")
def module_mongo_prefix(mongo_url: str) -> Iterator[str]:
    """A MONGO_DB_PREFIX of this module's own; its databases are dropped afterwards."""
    prefix = f"m{uuid.uuid4().hex[:12]}_"
    yield prefix
    drop_databases(mongo_url, prefix)


@pytest.fixture(scope="package")
def package_mongo_prefix(mongo_url: str) -> Iterator[str]:
    """A MONGO_DB_PREFIX of this package's own; its databases are dropped afterwards."""
    prefix = f"p{uuid.uuid4().hex[:12]}_"
    yield prefix
    drop_databases(mongo_url, prefix)


@pytest.fixture(scope="session")
def vhost_url(servers: Addresses, worker_id: str) -> str:
    """This process's virtual host; for modules that clean up themselves (see empty_vhost)."""
    return servers.amqp[worker_id]


@pytest.fixture
def amqp_url(vhost_url: str) -> Iterator[str]:
    """This process's virtual host; Lintel's exchanges and queues are gone afterwards."""
    yield vhost_url
    empty_vhost(vhost_url)


@pytest.fixture(scope="module")
def module_amqp_url(vhost_url: str) -> Iterator[str]:
    """As amqp_url, but emptied only after the module."""
    yield vhost_url
    empty_vhost(vhost_url)


@pytest.fixture
def own_servers(tmp_path: Path) -> Iterator[Servers]:
    """Servers of this test's own, to kill, stop or starve; mark such a test `owns_servers`."""
    servers = Servers(tmp_path / "servers")
    servers.start()
    yield servers
    servers.remove()


def drop_databases(mongo_url: str, prefix: str) -> None:
    """Drop every database whose name begins with `prefix`."""
    client: MongoClient[dict[str, Any]]
    with MongoClient(mongo_url) as client:
        for name in client.list_database_names():
            if name.startswith(prefix):
                client.drop_database(name)


def empty_vhost(url: str) -> None:
    """Delete the exchanges and queues that the services' setup declares."""
    with amqp.Connection(**rabbitmq.parts(url)) as connection:
        for queue in (f"{service}.{kind}.v1" for service in SERVICES for kind in ("events", "dead")):
            connection.channel().queue_delete(queue)
        for exchange in ("lintel.events", "lintel.dead"):
            try:
                connection.channel().exchange_delete(exchange)
            except NotFound:
                continue
