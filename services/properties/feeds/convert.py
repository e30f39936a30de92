"""Converts a row's cells to the facts that POST /v1/listings takes; every error names its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from services.properties import codes
from services.properties.feeds.mapping import FeedMapping
from services.properties.schemas import Day, ListingIn
from shared.codes import FieldError
from shared.http.schemas import Number, Whole

# Any: facts by field name, each with the type of its field
Facts = dict[str, Any]
Errors = dict[str, list[FieldError]]
# Any: a rule of the mapping file, checked by its schema
Rule = Mapping[str, Any]
NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})", re.ASCII)
FIELDS = ListingIn().fields
LISTS = ("owner_contact_ids", "photos")


class BadCell(ValueError):
    """A cell that its rule cannot read."""

    def __init__(self, error: FieldError) -> None:
        super().__init__(error)
        self.error = error


def facts_of(cells: Mapping[str, str], mapping: FeedMapping) -> tuple[Facts, Errors]:
    """The facts of a row (an empty cell states nothing), and its errors by field."""
    facts: Facts = dict(mapping.constants)
    errors: Errors = {}
    empty = {mark.casefold() for mark in mapping.file["empty"]} | {""}
    for name, rule in mapping.fields.items():
        cell = cells[rule["column"]]
        if cell.casefold() not in empty:
            _enter(name, rule["column"], facts, errors, partial(_value, cell, name, rule, mapping))
    for rule in mapping.features:
        cell = cells[rule["column"]]
        if cell.casefold() not in empty:
            _enter("features", rule["column"], facts, errors, partial(_translated, cell, rule))
    _part_features(facts)
    return facts, errors


def in_column(error: FieldError, column: str | None) -> FieldError:
    """The same error with the column of the file that it is about, where there is one."""
    if column is None:
        return error
    return FieldError(error.code, f"Column {column}: {error}", {**error.figures, "column": column})


def _enter(name: str, column: str, facts: Facts, errors: Errors, find: Callable[[], Any]) -> None:
    try:
        value = find()
    except BadCell as error:
        errors.setdefault(name.partition(".")[0], []).append(in_column(error.error, column))
        return
    group, _, part = name.partition(".")
    if part:
        facts[group] = {**facts.get(group, {}), part: value}
    elif name == "features":
        facts[name] = [*facts.get(name, []), *value]
    else:
        facts[name] = value


def _part_features(facts: Facts) -> None:
    """Feature words; those with a minus are known to be absent."""
    said = facts.pop("features", [])
    for name, words in (
        ("features", [word for word in said if not word.startswith("-")]),
        ("features_absent", [word[1:] for word in said if word.startswith("-")]),
    ):
        if words := list(dict.fromkeys([*words, *facts.get(name, [])])):
            facts[name] = words


def _value(cell: str, name: str, rule: Rule, mapping: FeedMapping) -> Any:
    if rule["values"] is not None:
        return _translated(cell, rule)
    for gone in rule["remove"]:
        cell = cell.replace(gone, "")
    field = FIELDS.get(name)
    if isinstance(field, (Number, Whole)):
        return _number(cell, rule, mapping)
    if isinstance(field, Day):
        return _day(cell, rule)
    if name in LISTS:
        parts = [part.strip() for part in cell.split(rule["separator"]) if part.strip()]
        return [{"url": part} for part in parts] if name == "photos" else parts
    return cell.strip()


def _translated(cell: str, rule: Rule) -> Any:
    for word, value in rule["values"].items():
        if word.casefold() == cell.casefold():
            return value
    if rule["otherwise"] is None:
        raise BadCell(codes.CELL_NOT_MAPPED(cell=_short(cell)))
    return rule["otherwise"]


def _number(cell: str, rule: Rule, mapping: FeedMapping) -> int | float:
    plain = cell.strip()
    if mapping.file["thousands"]:
        plain = plain.replace(mapping.file["thousands"], "")
    plain = plain.replace(mapping.file["decimal"], ".") if mapping.file["decimal"] != "." else plain
    if not NUMBER.fullmatch(plain):
        raise BadCell(codes.CELL_NOT_A_NUMBER(cell=_short(cell)))
    number = Decimal(plain)
    if rule["factor"] is not None:
        number *= Decimal(str(rule["factor"]))
    if rule["round"] is not None:
        number = Decimal(round(number, rule["round"]))
    return int(number) if number == number.to_integral_value() else float(number)


def _day(cell: str, rule: Rule) -> str:
    forms = rule["dates"] or ["%Y-%m-%d"]
    for form in forms:
        try:
            return datetime.strptime(cell, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise BadCell(codes.CELL_NOT_A_DAY(cell=_short(cell), forms=forms))


def _short(cell: str) -> str:
    return cell[:40]
