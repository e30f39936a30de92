"""The envelope: CloudEvents 1.0 in structured JSON."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

Data = TypeVar("Data")
CONTENT_TYPE = "application/cloudevents+json"
LARGEST = 4 * 1024 * 1024  # a parked message must fit into a document of the database
_TEXTS = ("id", "source", "type", "subject", "time", "agencyid", "correlationid")


class Malformed(ValueError):
    """The bytes are not a valid event; the message says why, without quoting data."""


class Encoded(str):
    """The data of an event, already as JSON text."""

    __slots__ = ()


@dataclass(frozen=True)
class Header:
    """The metadata of a message: something happened to the aggregate `subject` at version `sequence`."""

    id: str
    type: str
    source: str
    subject: str
    agency_id: str
    sequence: int
    time: str
    correlation_id: str
    causation_id: str | None = field(default=None, kw_only=True)

    def wire(self, data: str) -> str:
        """The JSON text of the message, with `data` as JSON text."""
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
        }
        envelope = json.dumps({k: v for k, v in wire.items() if v is not None}, ensure_ascii=False)
        return f'{envelope[:-1]}, "data": {data}}}'


@dataclass(frozen=True)
class Envelope(Header):
    """A message as it is sent; its data is only known to be an object."""

    data: dict[str, Any]

    def to_wire(self, encoded: Encoded | None = None) -> str:
        """The JSON text of the message; `encoded` replaces `data` where it was already encoded."""
        return self.wire(encoded or _text(self.data))

    @classmethod
    def from_wire(cls, body: bytes | str) -> Envelope:
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
            correlation_id=wire["correlationid"],
            causation_id=wire.get("causationid"),
            data=wire["data"],
        )


@dataclass(frozen=True)
class Event(Header, Generic[Data]):
    """A message whose data has been read by its contract: what handlers get.

    `raw` is the data as it travelled, with fields that the contract does not know: it is parked like that, and a
    projection that keeps a whole state keeps this one, so that a field is there before its reader is.
    """

    data: Data
    raw: dict[str, Any]

    @classmethod
    def of(cls, envelope: Envelope, data: Data) -> Event[Data]:
        """The event of a message and its data."""
        about = {name: getattr(envelope, name) for name in _HEADER}
        return cls(**about, data=data, raw=envelope.data)

    def to_wire(self) -> str:
        """The JSON text of the message as it was sent."""
        return self.wire(_text(self.raw))


_HEADER = tuple(one.name for one in fields(Header))


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def _object(body: bytes | str) -> dict[str, Any]:
    if len(body) > LARGEST:
        raise Malformed(f"too large: more than {LARGEST} bytes")
    try:
        text = body.decode() if isinstance(body, bytes) else body
        wire = json.loads(text, parse_constant=_no_number, parse_float=_finite)
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


def _finite(text: str) -> float:
    """The number; refused when it is read as infinite, which could not be parked as JSON."""
    value = float(text)
    if math.isinf(value):
        raise ValueError(text[:20])
    return value


def now() -> datetime:
    """Now in UTC, to the millisecond that MongoDB keeps."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
