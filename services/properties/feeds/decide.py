"""Decides the effect of a row by the rules of POST and the change resources, without saving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marshmallow import ValidationError

from services.properties import codes, handlers
from services.properties.feeds.convert import Errors, facts_of, in_column
from services.properties.feeds.mapping import FeedMapping
from services.properties.feeds.table import Row
from services.properties.handlers import Deps
from services.properties.model import FACTS, FIRST_STATUSES, STATUSES, Listing
from services.properties.schemas import ListingIn
from shared.codes import INVALID, FieldError, documents
from shared.errors import DomainError, Invalid
from shared.messaging.event import now

REASON = "import"
LONGEST = 500
SCHEMA = ListingIn()


@dataclass(frozen=True)
class Checked:
    """The facts of a row that passed every check; `status` only where a column states one."""

    row: Row
    reference: str
    data: Mapping[str, Any]
    status: str | None = None


@dataclass(frozen=True)
class Outcome:
    """The effect of a row; `listing` is the listing after it."""

    row: int
    verdict: str
    reference: str | None = None
    listing: Listing | None = None
    errors: Mapping[str, list[FieldError]] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The row of the report."""
        # what a dry run would create has no id yet
        listing_id = self.listing.id if self.listing and self.listing.version else None
        found = {"row": self.row, "verdict": self.verdict, "reference": self.reference}
        cells = {"cells": self.cells} if self.cells else {}
        return found | {"listing_id": listing_id or None, "errors": documents(self.errors)} | cells


def check(row: Row, mapping: FeedMapping) -> Checked:
    """The facts of a row; Invalid names field, column and fault."""
    if row.fault:
        raise Invalid("The row cannot be read.", {"row": [row.fault]})
    facts, errors = facts_of(row.cells, mapping)
    if not facts.get("listing_id") and "listing_id" not in errors:
        errors["listing_id"] = [in_column(codes.REFERENCE_MISSING, mapping.reference_column)]
    status = facts.pop("standard_status", None) if "standard_status" in mapping.fields else None
    if status is not None and status not in STATUSES:
        errors["standard_status"] = [in_column(codes.NOT_A_STATUS, mapping.fields["standard_status"]["column"])]
    try:
        data = SCHEMA.load(facts)
    except ValidationError as error:
        errors = {**_errors_by_field(error.normalized_messages(), mapping), **errors}
    if errors:
        raise Invalid("The row is not valid.", errors)
    return Checked(row, data["listing_id"], data, status)


def decide(deps: Deps, agency_id: str, found: Checked, current: Listing | None) -> Outcome:
    """The effect of a row on the existing listing, or on none; `current` itself stays unchanged."""
    number, reference = found.row.number, found.reference
    if current is None:
        data = dict(found.data)
        if found.status is not None:
            _refuse_late_status(found.status)
            data["standard_status"] = found.status
        return Outcome(number, "created", reference, handlers.new_listing(deps, agency_id, data))
    listing = replace(current, changes=[])
    _change(deps, listing, found)
    return Outcome(number, "updated" if listing.event_type() else "unchanged", reference, listing)


def refused(row: Row, error: DomainError, mapping: FeedMapping) -> Outcome:
    """The verdict on a row with a fault."""
    reference = row.cells.get(mapping.reference_column) or None
    named = reference[:100] if reference else None
    return Outcome(row.number, "refused", named, None, _errors_by_field(error.errors), _short(row.cells))


def _short(cells: Mapping[str, str]) -> dict[str, str]:
    """The row's cells for the report, without columns whose names MongoDB does not take."""
    return {name: cell[:LONGEST] for name, cell in cells.items() if not name.startswith("$")}


def _change(deps: Deps, listing: Listing, found: Checked) -> None:
    data = dict(found.data)
    if data["transaction"] != listing.transaction:
        other = codes.OTHER_TRANSACTION(transaction=listing.transaction)
        raise Invalid("The row is not about the same transaction as the listing.", {"transaction": [other]})
    _merge_features(listing, data)
    if "public_remarks" in data:
        data["public_remarks"] = {**listing.public_remarks, **data["public_remarks"]}
    handlers.with_rules(lambda: listing.change_facts({name: data[name] for name in FACTS if name in data}))
    handlers.refuse_contradictions(listing)
    if data.get("list_price") is not None:
        handlers.ask(deps, listing, data["list_price"], data.get("currency"), REASON)
    if found.status is not None:
        handlers.with_rules(lambda: listing.change_status(str(found.status), now(), REASON))


def _merge_features(listing: Listing, data: dict[str, Any]) -> None:
    """The features with those that the row states; the others keep the listing's own value."""
    there, absent = data.get("features", []), data.get("features_absent", [])
    data["features"] = _with(listing.features, there, absent)
    data["features_absent"] = _with(listing.features_absent, absent, there)


def _with(words: list[str], more: list[str], fewer: list[str]) -> list[str]:
    return [word for word in words if word not in fewer] + [word for word in more if word not in words]


def _refuse_late_status(status: str) -> None:
    if status not in FIRST_STATUSES:
        late = codes.NOT_A_FIRST_STATUS(allowed=list(FIRST_STATUSES), status=status)
        raise Invalid("A new listing cannot begin with this status.", {"standard_status": [late]})


# Any: errors of marshmallow, nested like the fields
def _errors_by_field(messages: Mapping[str, Any], mapping: FeedMapping | None = None) -> Errors:
    """Errors by field, each with the column that the field is read from."""
    columns = {name: str(rule["column"]) for name, rule in (mapping.fields if mapping else {}).items()}
    return {name: [in_column(one, columns.get(name)) for one in flat(found)] for name, found in messages.items()}


# Any: one error, or errors in lists and by field, however deep
def flat(found: Any) -> list[FieldError]:
    """Every error of a nested result, in one list."""
    if isinstance(found, Mapping):
        return [error for part in found.values() for error in flat(part)]
    if isinstance(found, list):
        return [error for part in found for error in flat(part)]
    return [found if isinstance(found, FieldError) else INVALID(why=str(found))]
