"""The mapping file: the meaning of each column, in TOML; see mappings/ for one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.properties import codes
from services.properties.schemas import ListingIn
from shared.errors import Invalid
from shared.http.schemas import Strict
from shared.vocabulary.i18n import LANGUAGES

SHIPPED = Path(__file__).parent / "mappings"
ENCODINGS = ("utf-8", "utf-16", "iso-8859-1", "iso-8859-15", "windows-1250", "windows-1252")
REMARKS = tuple(f"public_remarks.{language}" for language in LANGUAGES)
FIELDS = tuple(name for name in ListingIn().fields if name not in ("features", "features_absent", "public_remarks"))


class FileRules(Strict):
    """The format of the file."""

    encoding = fields.String(load_default="utf-8", validate=validate.OneOf(ENCODINGS))
    delimiter = fields.String(load_default=",", validate=validate.OneOf((",", ";", "\t", "|")))
    decimal = fields.String(load_default=".", validate=validate.OneOf((".", ",")))
    thousands = fields.String(load_default="", validate=validate.OneOf(("", ".", ",", " ", "'")))
    empty = fields.List(fields.String(), load_default=lambda: [""])


class FieldRule(Strict):
    """How one column becomes one field."""

    column = fields.String(required=True, validate=validate.Length(1, 200))
    factor = fields.Float(load_default=None, allow_none=True, validate=validate.Range(1e-9, 1e9))
    round = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 12))
    dates = fields.List(fields.String(validate=validate.Length(2, 40)), load_default=list)
    values = fields.Dict(keys=fields.String(), values=fields.Raw(), load_default=None, allow_none=True)
    otherwise = fields.Raw(load_default=None, allow_none=True)
    remove = fields.List(fields.String(validate=validate.Length(1, 10)), load_default=list)
    separator = fields.String(load_default="|", validate=validate.Length(1, 3))


class FeatureRule(Strict):
    """The features that a column's values stand for: ["pool"] is present, ["-pool"] is known to be absent."""

    column = fields.String(required=True, validate=validate.Length(1, 200))
    values = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    otherwise = fields.List(fields.String(), load_default=None, allow_none=True)


class MappingFile(Strict):
    """A whole mapping file."""

    file = fields.Nested(FileRules, load_default=lambda: FileRules().load({}))
    constants = fields.Dict(keys=fields.String(), values=fields.Raw(), load_default=dict)
    fields_ = fields.Dict(
        keys=fields.String(validate=validate.OneOf((*FIELDS, *REMARKS))),
        values=fields.Nested(FieldRule),
        required=True,
        data_key="fields",
    )
    features = fields.List(fields.Nested(FeatureRule), load_default=list)


@dataclass(frozen=True)
class FeedMapping:
    """A checked mapping: rules by field, and the constants for every row."""

    file: Mapping[str, Any]
    constants: Mapping[str, Any]
    fields: Mapping[str, Mapping[str, Any]]
    features: tuple[Mapping[str, Any], ...]

    @property
    def reference_column(self) -> str:
        """The column with the agency's own reference, by which a row finds its listing again."""
        return str(self.fields["listing_id"]["column"])

    @property
    def columns(self) -> set[str]:
        """Every column that the mapping reads."""
        return {str(rule["column"]) for rule in (*self.fields.values(), *self.features)}


def read(text: str) -> FeedMapping:
    """Check a mapping file; Invalid names its errors under `mapping`."""
    try:
        data = MappingFile().load(tomllib.loads(text))
        ListingIn(partial=True).load(dict(data["constants"]))
    except tomllib.TOMLDecodeError as error:
        raise Invalid("The mapping is not TOML.", {"mapping": [codes.MAPPING_NOT_TOML(why=str(error))]}) from None
    except ValidationError as error:
        raise Invalid("The mapping is not valid.", {"mapping": error.normalized_messages()}) from None
    if "listing_id" not in data["fields_"]:
        raise Invalid("The mapping is not valid.", {"mapping": {"fields.listing_id": [codes.NO_REFERENCE_COLUMN()]}})
    return FeedMapping(data["file"], data["constants"], data["fields_"], tuple(data["features"]))


def shipped(name: str) -> str:
    """The text of a built-in mapping; Invalid lists the existing ones."""
    known = {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}
    if name not in known:
        raise Invalid("There is no such mapping.", {"mapping": [codes.UNKNOWN_MAPPING(known=list(known))]})
    return known[name].read_text(encoding="utf-8")
