"""The envelope: CloudEvents 1.0 in structured JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

CONTENT_TYPE = "application/cloudevents+json"
LARGEST = 4 * 1024 * 1024  # what is parked must fit into a document of the database
_TEXTS = ("id", "source", "type", "subject", "time", "agencyid", "correlationid")


class Malformed(ValueError):
    """The bytes are no event of ours; the message says why, without quoting data."""


class Encoded(str):
    """The data of an event, as JSON text already."""

    __slots__ = ()


@dataclass(frozen=True)
class Event:
    """Something that happened to the aggregate `subject` at version `sequence`."""

    id: str
    type: str
    source: str
    subject: str
    agency_id: str
    sequence: int
    time: str
    data: dict[str, Any]
    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None

    def to_wire(self, encoded: Encoded | None = None) -> str:
        """The JSON text that travels; `encoded` in the place of `data`, where that was made already."""
        wire = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "time": self.time,
            "datacontenttype": "application/json",
            "agencyid": self.agency_id,
            "sequence": self.sequence,
            "correlationid": self.correlation_id,
            "causationid": self.causation_id,
            "traceparent": self.traceparent,
        }
        envelope = json.dumps({k: v for k, v in wire.items() if v is not None}, ensure_ascii=False)
        data = encoded or json.dumps(self.data, ensure_ascii=False, allow_nan=False)
        return f'{envelope[:-1]}, "data": {data}}}'

    @classmethod
    def from_wire(cls, body: bytes | str) -> Event:
        """Read an envelope; raises Malformed with the reason."""
        wire = _object(body)
        if wire.get("specversion") != "1.0":
            raise Malformed("specversion must be 1.0")
        for name in _TEXTS:
            if not isinstance(wire.get(name), str) or not wire[name]:
                raise Malformed(f"{name} must be a non-empty text")
        if type(wire.get("sequence")) is not int or not isinstance(wire.get("data"), dict):
            raise Malformed("sequence must be a whole number and data an object")
        return cls(
            id=wire["id"],
            type=wire["type"],
            source=wire["source"],
            subject=wire["subject"],
            agency_id=wire["agencyid"],
            sequence=wire["sequence"],
            time=wire["time"],
            data=wire["data"],
            correlation_id=wire["correlationid"],
            causation_id=wire.get("causationid"),
            traceparent=wire.get("traceparent"),
        )


def _object(body: bytes | str) -> dict[str, Any]:
    if len(body) > LARGEST:
        raise Malformed(f"too large: more than {LARGEST} bytes")
    try:
        text = body.decode() if isinstance(body, bytes) else body
        wire = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {type(error).__name__}") from None
    if not isinstance(wire, dict):
        raise Malformed("not a JSON object")
    if "\\ud" in text.lower():
        _refuse_half_characters(wire)
    return wire


def _refuse_half_characters(wire: dict[str, Any]) -> None:
    try:
        json.dumps(wire, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Malformed("a text holds half a character (a lone surrogate), which no database takes") from None


def _no_number(name: str) -> None:
    raise ValueError(name)


def now() -> datetime:
    """The present in UTC, to the millisecond that MongoDB keeps."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
