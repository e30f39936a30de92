"""Schemas of uploaded files; separate from the other schemas, since only these need the web libraries."""

from __future__ import annotations

from flask_smorest.fields import Upload
from marshmallow import fields

from shared.codes import NOT_A_FILE
from shared.http.schemas import Identifier, Name, Strict

NO_FILE = {"invalid": NOT_A_FILE}


class HandedFile(Strict):
    """A file alone, to be inspected first."""

    file = Upload(required=True, error_messages=NO_FILE)


class ImportFiles(Strict):
    """The file, unless it was uploaded before, and the mapping where it is the agency's own."""

    file = Upload(error_messages=NO_FILE)
    mapping = Upload(
        error_messages=NO_FILE, metadata={"description": "A mapping in TOML; instead of the name of a shipped one."}
    )


class ImportForm(Strict):
    """How the file is imported."""

    file_id = Identifier(metadata={"description": "A file that was handed in to be looked at; instead of `file`."})
    mapping = Name(100, metadata={"description": "The name of a shipped mapping."})
    dry_run = fields.Boolean(load_default=False, metadata={"description": "Only tell what would happen."})


class ImportParts(ImportForm):
    """All parts of the request together, for the OpenAPI document."""

    file = Upload(error_messages=NO_FILE)
    mapping = Name(metadata={"description": "The name of a shipped mapping, or one of your own as a file."})
