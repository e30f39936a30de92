"""Words for codes: inside a sentence, alone, beside a number, and where a code has none."""

from __future__ import annotations

import pytest

from shared.vocabulary.deliveries import DELIVERY_REASONS
from shared.vocabulary.features import FEATURES, USUAL_FEATURES
from shared.vocabulary.i18n import LANGUAGES
from shared.vocabulary.listings import LISTING_STATUSES
from shared.vocabulary.matches import MATCH_KINDS, REFUSAL_REASONS
from shared.vocabulary.property_types import PROPERTY_TYPES, USUAL_TYPES
from shared.vocabulary.wording import choices, counted, label, word


def test_a_word_is_lower_case_in_a_sentence_and_capital_alone():
    assert word(PROPERTY_TYPES, "townhouse", "en") == "terraced house"
    assert label(PROPERTY_TYPES, "townhouse", "en") == "Terraced house"


def test_the_code_is_american_and_the_word_is_british():
    assert label(LISTING_STATUSES, "canceled", "en") == "Cancelled"


def test_a_code_without_words_reads_as_it_is_with_spaces():
    assert label(FEATURES, "wine_press", "sv") == "Wine press"


def test_the_answer_of_a_mail_server_stays_as_it_is():
    assert word(DELIVERY_REASONS, "550 no_such_user here", "es") == "550 no_such_user here"


def test_no_code_reads_as_the_subjects_word_for_nothing():
    assert label(PROPERTY_TYPES, None, "en") == "Home"
    assert word(REFUSAL_REASONS, "", "sv") == "inget skäl angivet"
    assert word(LISTING_STATUSES, None, "en") == ""


@pytest.mark.parametrize(
    ("language", "one", "two", "three", "five"),
    [
        ("en", "match", "matches", "matches", "matches"),
        ("es", "encaja", "encajan", "encajan", "encajan"),
        ("sl", "ustreza", "ustrezata", "ustrezajo", "ustreza"),
    ],
)
def test_a_word_agrees_with_its_number(language, one, two, three, five):
    assert [counted(MATCH_KINDS, "match", number, language) for number in (1, 2, 3, 5)] == [one, two, three, five]


def test_a_word_that_is_never_counted_stays_as_it_is():
    assert counted(MATCH_KINDS, "none", 7, "en") == "no match"


def test_a_form_offers_all_codes_or_those_it_names():
    assert choices(LISTING_STATUSES, "en")[0] == ("active", "Active")
    assert choices(PROPERTY_TYPES, "pt", ("office",)) == [("office", "Escritório")]


def test_what_forms_offer_first_stands_in_the_tables():
    assert set(USUAL_TYPES) <= set(PROPERTY_TYPES.codes)
    assert set(USUAL_FEATURES) <= set(FEATURES.codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_usual_types_share_a_word(language):
    assert len({label(PROPERTY_TYPES, code, language) for code in USUAL_TYPES}) == len(USUAL_TYPES)
