"""An agency's own words and places."""

from __future__ import annotations

from typing import Any

from services.matching import vocabulary
from services.matching.advice_schemas import VocabularyIn, VocabularyOut
from shared.auth import STAFF, policy
from shared.web import Blueprint, agency_id, deps, versioned, writes

words = Blueprint("vocabulary", __name__, url_prefix="/v1/vocabulary", description="What an agency's words mean.")


@words.route("")
@policy(*STAFF)
@words.response(200, VocabularyOut)
def show_vocabulary() -> Any:
    """Show the agency's own words; the shipped ones hold besides."""
    found = vocabulary.vocabulary(deps(), agency_id())
    return versioned(found, found["version"])


@words.route("", methods=["PUT"])
@policy("admin")
@writes
@words.arguments(VocabularyIn)
@words.response(200, VocabularyOut)
def replace_vocabulary(data: dict[str, Any]) -> Any:
    """Replace the agency's own words; homes and wishes are read anew with them in a moment."""
    found = vocabulary.replace(deps(), agency_id(), data)
    return versioned(found, found["version"])
