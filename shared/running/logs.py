"""JSON lines on stderr: a constant message, data in fields, ids instead of addresses."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from shared.running import context

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
# The fields that may be logged; services add their own.
ALLOWED = {
    *("service", "type", "event_id", "error", "part", "agency_id", "count", "seconds", "method", "path", "status"),
    *("outcome", "point", "state", "worker", "address"),
}


def register(*names: str) -> None:
    """Allow a service's own fields: ids and figures, never names or addresses of people."""
    ALLOWED.update(names)


def configure(service: str, level: str | int) -> None:
    """Send every log record of this process to stderr as one JSON object a line."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            _fields,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(_named(service))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.getLogger("amqp").setLevel(logging.WARNING)
    logging.getLogger("pymongo").setLevel(logging.WARNING)


def _named(service: str) -> Any:
    def add(record: logging.LogRecord) -> bool:
        record.service = service
        return True

    return add


def _fields(_logger: Any, _name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Only listed fields are logged, so that no address can slip in."""
    record = entry.get("_record")
    if record is not None:
        entry.update({k: v for k, v in record.__dict__.items() if k in ALLOWED and k not in _STANDARD})
    entry["correlation_id"] = context.current().correlation_id
    return entry
