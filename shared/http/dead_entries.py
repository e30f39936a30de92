"""The same three resources in every service: dead entries, backlogs and processes."""

from __future__ import annotations

from typing import Any

from flask import current_app
from marshmallow import fields, validate

from shared import VERSION
from shared.http import health
from shared.http.auth import policy, principal
from shared.http.schemas import Name, PageQuery, Reply, Strict, page_of
from shared.http.web import Blueprint
from shared.messaging.dead_entries import DeadEntries
from shared.running import processes, rates
from shared.storage.paging import Page

blp = Blueprint("operations", __name__, url_prefix="/v1", description="Looking after this service.")


class DeadEntry(Reply):
    """An event that could not be handled; the cause is in `error`."""

    id = fields.String(required=True)
    type = fields.String(allow_none=True)
    subject = fields.String(allow_none=True)
    attempts = fields.Integer()
    error_class = fields.String(allow_none=True)
    error = fields.String(allow_none=True)
    at = fields.AwareDateTime(format="iso", allow_none=True)
    tried_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"description": "The last attempt."})
    state = fields.String()


class AuditNote(Reply):
    """An action on an entry, its author and time."""

    at = fields.AwareDateTime(format="iso")
    actor = fields.String()
    action = fields.String()
    reason = fields.String()


class DeadEntryWhole(DeadEntry):
    """An entry with its event (personal data masked) and the actions on it."""

    event = fields.Raw(allow_none=True)
    audit = fields.List(fields.Nested(AuditNote))


class DeadEntryDone(DeadEntry):
    """An entry that somebody replayed or discarded."""

    audit = fields.List(fields.Nested(AuditNote))


class Past(Reply):
    """Entries that were replayed or discarded, the last first."""

    items = fields.List(fields.Nested(DeadEntryDone))


class PastQuery(Strict):
    """Filter by action."""

    action = fields.String(required=True, validate=validate.OneOf(("replay", "discard")))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 200))


class Discard(Strict):
    """Why it is discarded."""

    reason = Name(required=True)


class ProcessRow(Strict):
    """A live process; memory in bytes."""

    service = fields.String()
    kind = fields.String()
    state = fields.String()
    host = fields.String()
    pid = fields.Integer()
    version = fields.String()
    memory = fields.Integer()
    per_second = fields.Float(metadata={"description": "Events handled a second, lately."})
    started_at = fields.AwareDateTime(format="iso")
    seen_at = fields.AwareDateTime(format="iso")


class Rates(Reply):
    """Events a second: sixty points over the last minutes, oldest first, and the present rate by name."""

    minutes = fields.Integer()
    published = fields.List(fields.Float())
    handled = fields.List(fields.Float())
    now = fields.Dict(keys=fields.String(), values=fields.Float())


class StatusQuery(Strict):
    """The time span of the rates."""

    minutes = fields.Integer(load_default=15, validate=validate.OneOf((15, 360, 1440)))


class Status(Reply):
    """The state of this service; ages in seconds."""

    service = fields.String(required=True)
    version = fields.String()
    outbox_waiting = fields.Integer(validate=validate.Range(0))
    outbox_oldest_seconds = fields.Float()
    inbox_parked = fields.Integer()
    inbox_dead = fields.Integer()
    inbox_oldest_parked_seconds = fields.Float()
    workers_alive = fields.Integer()
    processes = fields.List(fields.Nested(ProcessRow))
    rates = fields.Nested(Rates)


@blp.route("/dead-entries")
@policy("admin", "operator")
@blp.arguments(PageQuery, location="query")
@blp.response(200, page_of(DeadEntry))
def list_dead_entries(args: dict[str, Any]) -> Page:
    """List events that could not be handled: an admin sees their agency's, an operator the unparsed ones."""
    return _dead_entries().page(**args)


@blp.route("/dead-entries-done")
@policy("admin", "operator")
@blp.arguments(PastQuery, location="query")
@blp.response(200, Past)
def list_done_entries(query: dict[str, Any]) -> dict[str, Any]:
    """List the last entries that were replayed or discarded, with author and reason."""
    return {"items": _dead_entries().past(**query)}


@blp.route("/dead-entries/<entry_id>")
@policy("admin", "operator")
@blp.response(200, DeadEntryWhole)
def show_dead_entry(entry_id: str) -> dict[str, Any]:
    """Show one entry with its cause and its event."""
    return _dead_entries().show(entry_id)


@blp.route("/dead-entries/<entry_id>/replay", methods=["POST"])
@policy("admin", "operator")
@blp.response(204)
def replay_dead_entry(entry_id: str) -> None:
    """Handle an entry again from the start."""
    _dead_entries().replay(entry_id)


@blp.route("/dead-entries/<entry_id>/discard", methods=["POST"])
@policy("admin", "operator")
@blp.arguments(Discard)
@blp.response(204)
def discard_dead_entry(data: dict[str, Any], entry_id: str) -> None:
    """Discard an entry, with the reason."""
    _dead_entries().discard(entry_id, data["reason"])


@blp.route("/status")
@policy("agent", "manager", "admin", "operator")
@blp.arguments(StatusQuery, location="query")
@blp.response(200, Status)
def show_status(query: dict[str, Any]) -> dict[str, Any]:
    """Show backlogs, their ages, live processes and rates; no personal data."""
    return status(**query)


def status(minutes: int) -> dict[str, Any]:
    """The state of this process's service."""
    lintel = current_app.extensions["lintel"]
    db = lintel["db"]
    told = {"service": lintel["service"], "version": VERSION, **health.figures(db)}
    return {**told, "processes": processes.alive(db), "rates": rates.series(db, minutes)}


def _dead_entries() -> DeadEntries:
    who = principal()
    return DeadEntries(current_app.extensions["lintel"]["db"], who.agency_id or None, f"{who.role}:{who.subject}")
