"""Sentences in the reader's language, from the .po files of a service; no build step, no compiled files."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("en", "es", "pt", "sl", "sv")
LOCALES = {"en": "en_GB", "es": "es_ES", "pt": "pt_PT", "sl": "sl_SI", "sv": "sv_SE"}


@lru_cache(maxsize=64)
def locale_of(language: str | None) -> Locale:
    """The Babel locale for one of our languages; anything unknown reads English."""
    return Locale.parse(LOCALES.get(language or "en", "en_GB"))


@lru_cache(maxsize=64)
def translations(folder: Path, language: str) -> NullTranslations:
    """The catalog `<folder>/<language>/LC_MESSAGES/messages.po`; English is the source text itself."""
    source = folder / language / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return NullTranslations()
    with source.open("rb") as handle:
        catalog = read_po(handle, locale=LOCALES[language])
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)
