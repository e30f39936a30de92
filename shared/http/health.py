"""/healthz checks nothing, /readyz checks MongoDB, /metrics serves Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Flask, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from pymongo.database import Database
from pymongo.errors import PyMongoError

from shared.http.auth import public
from shared.messaging import inbox, outbox
from shared.messaging.event import now
from shared.running import processes

REGISTRY = CollectorRegistry()
REQUESTS = Counter("http_requests_total", "Requests by method and status", ["method", "status"], registry=REGISTRY)
SECONDS = Histogram("http_request_seconds", "Time to answer", ["method"], registry=REGISTRY)
Checks = Mapping[str, Callable[[], bool]]


class Backlogs:
    """Outbox and inbox as gauges, read from the database when Prometheus asks."""

    def __init__(self, db: Database[Any]) -> None:
        self.db = db

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One gauge for each figure."""
        for name, value in figures(self.db).items():
            yield GaugeMetricFamily(name, name.replace("_", " "), value=value)


def figures(db: Database[Any]) -> dict[str, float]:
    """Backlogs and their ages in seconds, and live workers."""
    out, into = outbox.backlog(db), inbox.backlog(db)
    return {
        "outbox_waiting": out["waiting"],
        "outbox_oldest_seconds": _age(out["oldest_at"]),
        "inbox_parked": into["parked"],
        "inbox_dead": into["dead"],
        "inbox_oldest_parked_seconds": _age(into["oldest_parked_at"]),
        "workers_alive": sum(row["kind"] == "worker" for row in processes.alive(db)),
    }


def measure(status: int, seconds: float) -> None:
    """Count a request."""
    REQUESTS.labels(request.method, str(status)).inc()
    SECONDS.labels(request.method).observe(seconds)


def register(app: Flask, service: str, db: Database[Any], checks: Checks | None = None) -> None:
    """Add the three routes; `checks` are further conditions of readiness by name, besides MongoDB."""
    backlogs = Backlogs(db)

    @app.get("/healthz")
    @public
    def healthz() -> Response:
        """Reply that the process runs."""
        return jsonify({"status": "ok", "service": service})

    @app.get("/readyz")
    @public
    def readyz() -> Any:
        """Whether MongoDB is reachable; the broker is not checked, since the outbox keeps events while it is down."""
        missing = [name for name, check in (checks or {}).items() if not check()]
        try:
            db.command("ping")
        except PyMongoError:
            missing.insert(0, "mongodb")
        if missing:
            return jsonify({"status": "not ready", "service": service, "missing": missing}), 503
        return jsonify({"status": "ready", "service": service})

    @app.get("/metrics")
    @public
    def metrics() -> Response:
        """Metrics in the Prometheus text format."""
        registry = CollectorRegistry()
        registry.register(backlogs)
        return Response(generate_latest(REGISTRY) + generate_latest(registry), mimetype=CONTENT_TYPE_LATEST)


def _age(moment: Any) -> float:
    return (now() - moment).total_seconds() if moment else 0.0
