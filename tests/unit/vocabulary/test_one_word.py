"""Mails, pages and matching's sentences use the same word for the same code."""

from __future__ import annotations

import pytest
from flask import Flask, g

from services.gateway.web.vocabulary import feature_name, type_name
from services.matching.engine.dictionary.words import label as in_sentences
from shared.vocabulary.i18n import LANGUAGES
from shared.vocabulary.property_types import PROPERTY_TYPES
from shared.vocabulary.wording import label, sentence_case


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["apartment", "townhouse", "single_family_residence", "unimproved_land"])
def test_a_type_of_home_has_one_word(code: str, language: str) -> None:
    with Flask(__name__).test_request_context():
        g.language = language
        on_pages = type_name(code)
    assert on_pages == sentence_case(in_sentences("property_sub_types", code, language))
    assert on_pages == label(PROPERTY_TYPES, code, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["garage", "lift", "pets_allowed"])
def test_a_feature_has_one_word(code: str, language: str) -> None:
    with Flask(__name__).test_request_context():
        g.language = language
        assert feature_name(code) == in_sentences("features", code, language)
