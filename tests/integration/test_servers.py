"""The private servers that the launcher and the tests share."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import amqp
import psutil
import pytest
from pymongo import MongoClient
from pymongo.collection import Collection

from deploy.local.processes import leftovers
from deploy.local.servers import rabbitmq
from deploy.local.servers.private_servers import Servers

STARTER = """
import sys, time
from pathlib import Path
from deploy.local import leftovers, rabbitmq
from deploy.local.servers.private_servers import Servers
servers = Servers(Path(sys.argv[1]))
servers.start()
print(servers.mongo.pid, servers.rabbitmq.pid, flush=True)
time.sleep(600)
"""


def test_mongodb_takes_a_transaction(mongo_url: str, mongo_prefix: str) -> None:
    client: MongoClient[dict[str, Any]]
    with MongoClient(mongo_url) as client, client.start_session() as session:
        things: Collection[dict[str, Any]] = client[f"{mongo_prefix}leads"]["things"]
        with session.start_transaction():
            things.insert_one({"_id": 1}, session=session)
            assert things.count_documents({}) == 0
        assert things.count_documents({}) == 1


def test_rabbitmq_takes_a_quorum_queue(amqp_url: str) -> None:
    with amqp.Connection(**rabbitmq.parts(amqp_url)) as connection:
        channel = connection.channel()
        channel.queue_declare("leads.events.v1", durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.basic_publish(amqp.Message("x"), routing_key="leads.events.v1")
        assert channel.queue_declare("leads.events.v1", passive=True).queue == "leads.events.v1"


def test_rabbitmq_knows_no_guest(amqp_url: str) -> None:
    parts = {**rabbitmq.parts(amqp_url), "userid": "guest", "password": "guest"}
    with pytest.raises(amqp.AccessRefused), amqp.Connection(**parts):
        pass


@pytest.mark.owns_servers
def test_servers_keep_their_data_when_killed(own_servers: Servers) -> None:
    client: MongoClient[dict[str, Any]]
    with MongoClient(own_servers.mongo_url) as client:
        things: Collection[dict[str, Any]] = client["leads"]["things"]
        things.insert_one({"_id": 1})
        own_servers.mongo.kill()
        own_servers.mongo.start()
        own_servers.wait()
        assert things.count_documents({}) == 1


@pytest.mark.owns_servers
def test_servers_end_with_a_starter_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", STARTER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        servers = [psutil.Process(int(pid)) for pid in starter.stdout.readline().split()]
        family = [*servers, *(child for server in servers for child in server.children(recursive=True))]
        os.kill(starter.pid, signal.SIGKILL)
        starter.wait()
        assert leftovers.wait(family, 30) == []


@pytest.mark.owns_servers
def test_servers_listen_on_loopback_alone(own_servers: Servers) -> None:
    nodes = [psutil.Process(process.pid) for process in (own_servers.mongo, own_servers.rabbitmq)]
    addresses = {
        connection.laddr.ip
        for node in nodes
        for connection in node.net_connections()
        if connection.status == psutil.CONN_LISTEN and connection.type == socket.SOCK_STREAM
    }
    assert addresses == {"127.0.0.1"}
