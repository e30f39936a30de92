"""The language of an answer is the one of ours that the caller likes best."""

from __future__ import annotations

import pytest
from flask import Flask

from shared.http.web import reader_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("es", "es"),
        ("pt-BR, en;q=0.5", "pt"),
        ("de, sl;q=0.8, sv;q=0.9", "sv"),
        ("de, fr", "en"),
        ("*", "en"),
        ("en;q=nonsense, sl", "sl"),
        ("en;q=0, sv", "sv"),
    ],
)
def test_the_best_liked_of_our_languages_is_taken(header: str | None, language: str) -> None:
    headers = {} if header is None else {"Accept-Language": header}
    with Flask("reader").test_request_context(headers=headers):
        assert reader_language() == language
