"""Aggregates to and from documents."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, TypeVar

from services.gateway.accounts.model.agency import Agency
from services.gateway.accounts.model.api_client import ApiClient
from services.gateway.accounts.model.member import Member
from shared.messaging.event import now

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", Agency, Member, ApiClient)
UNPUBLISHED = frozenset(
    {"id", "agency_id", "version", "created_at", "changed_at", "email", "password_hash"}
    | {"language", "theme", "totp_secret", "totp_step"}
)


def to_document(aggregate: DataclassInstance) -> dict[str, Any]:
    """The document of an aggregate."""
    document = asdict(aggregate)
    return {"_id": document.pop("id"), **document}


def from_document(kind: type[T], document: dict[str, Any]) -> T:
    """The aggregate of a document."""
    names = {f.name for f in fields(kind)} - {"id"}
    return kind(id=document["_id"], **{name: document[name] for name in names if name in document})


def from_document_or_none(kind: type[T], document: dict[str, Any] | None) -> T | None:
    """The aggregate of a document that may be missing."""
    return None if document is None else from_document(kind, document)


def published(aggregate: Agency | Member) -> dict[str, Any]:
    """The data of a change's event."""
    return {name: value for name, value in asdict(aggregate).items() if name not in UNPUBLISHED}


def next_version(aggregate: Agency | Member) -> int:
    """Increase the version; returns the earlier one."""
    before, moment = aggregate.version, now()
    aggregate.version, aggregate.changed_at = before + 1, moment
    aggregate.created_at = aggregate.created_at or moment
    return before
