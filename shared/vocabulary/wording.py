"""Words for codes in a reader's language.

A code without words (an agency's own word for a feature, the text of a mail server) reads as it is, a code in
snake_case with spaces; no code at all reads as the subject's `nothing`. Nothing here raises: a page shows what it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from shared.vocabulary.i18n import translations
from shared.vocabulary.subject import Subject

CATALOGS = Path(__file__).parent / "locale"
# All codes in five languages are about 1,500; the rest is room for the words of agencies.
REMEMBERED = 8192
CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")


@lru_cache(REMEMBERED)
def word(subject: Subject, code: str | None, language: str) -> str:
    """The word for a code as it stands inside a sentence, in lower case where the language has it so."""
    english = subject.words.get(code) if code else subject.nothing
    if english is None:
        return plain(str(code))
    return _in_language(subject, english, language)


@lru_cache(REMEMBERED)
def label(subject: Subject, code: str | None, language: str) -> str:
    """The word for a code as it stands alone, beginning with a capital letter."""
    return sentence_case(word(subject, code, language))


@lru_cache(REMEMBERED)
def counted(subject: Subject, code: str, number: int, language: str) -> str:
    """The word for a code beside a number of such things, without the number; Slovene has a form for two."""
    english = subject.words.get(code)
    if english is None or code not in subject.plurals:
        return word(subject, code, language)
    catalog = translations(CATALOGS, language)
    return str(catalog.npgettext(subject.name, english, subject.plurals[code], number))


def choices(subject: Subject, language: str, codes: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Codes with their labels for a form: all of the subject, or these, in this order."""
    return [(code, label(subject, code, language)) for code in (subject.codes if codes is None else codes)]


def sentence_case(text: str) -> str:
    """A text with a capital first letter, also behind an opening ¿; the rest stays, since it may hold a name."""
    first = len(text) - len(text.lstrip("¿¡“«"))
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


def plain(code: str) -> str:
    """A code in snake_case as a person writes it; any other text stays as it is."""
    return code.replace("_", " ") if CODE.fullmatch(code) else code


def _in_language(subject: Subject, english: str, language: str) -> str:
    return str(translations(CATALOGS, language).pgettext(subject.name, english)) if english else ""
