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


def best_language(accept: str | None, default: str = "en") -> str:
    """The first of our languages in an Accept-Language header, by its q-values."""
    wanted = []
    for order, part in enumerate((accept or "").split(",")):
        tag, _, parameters = part.strip().partition(";")
        quality = parameters.strip().removeprefix("q=") if parameters else "1"
        try:
            wanted.append((-float(quality), order, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wanted) if tag in LANGUAGES), default)
