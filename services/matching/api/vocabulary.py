"""An agency's own words and places."""

from __future__ import annotations

from typing import Any

from services.matching.api.body import Fields
from services.matching.api.deps import deps
from services.matching.api.own import PEOPLE
from services.matching.schemas.vocabulary import KnownPlaces, KnownWords, PlaceQuery, VocabularyIn, VocabularyOut
from services.matching.vocabulary.choices import own_words, places_to_choose, replace_words, words_to_choose
from shared.http.auth import policy
from shared.http.claims import STAFF
from shared.http.web import Blueprint, agency_id, reader_language, versioned, writes

words = Blueprint("vocabulary", __name__, url_prefix="/v1/vocabulary", description="What an agency's words mean.")
choices = Blueprint("choices", __name__, url_prefix="/v1", description="Words and places to choose from.")


@words.route("")
@policy(*STAFF)
@words.response(200, VocabularyOut)
def show_vocabulary() -> Any:
    """Show the agency's own words; the built-in words apply as well."""
    own = own_words(deps().lexicons, agency_id())
    return versioned(own, own["version"])


@words.route("", methods=["PUT"])
@policy("admin")
@writes
@words.arguments(VocabularyIn)
@words.response(200, VocabularyOut)
def replace_vocabulary(data: Fields) -> Any:
    """Replace the agency's own words; homes and wishes are interpreted again with them shortly after."""
    own = replace_words(deps().lexicons, agency_id(), data)
    return versioned(own, own["version"])


@choices.route("/words")
@policy(*PEOPLE)
@choices.response(200, KnownWords)
def show_words() -> Any:
    """Show the features and kinds of homes that wishes may name, in the reader's language."""
    return words_to_choose(deps().lexicons, agency_id(), reader_language())


@choices.route("/places")
@policy(*PEOPLE)
@choices.arguments(PlaceQuery, location="query")
@choices.response(200, KnownPlaces)
def suggest_places(query: Fields) -> Any:
    """Suggest towns and regions by a part of their name."""
    return places_to_choose(deps().lexicons, agency_id(), query["q"], query["limit"])
