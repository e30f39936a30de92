"""Brings every catalog level with its source: new sentences come in empty, those no longer used leave.

The sentences of a service stand in its code and templates; the words of the vocabulary stand in its tables, and the
name of the table is their context.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import polib  # type: ignore[import-untyped]
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg

from shared.vocabulary.subjects import SUBJECTS

ROOT = Path(__file__).parent.parent
VOCABULARY = ROOT / "shared" / "vocabulary"
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_l", "lazy_gettext", "lazy_ngettext:1,2"])}
FORMS = {"es": 2, "pt": 2, "sl": 4, "sv": 2}


class Sentence(NamedTuple):
    """A text to translate, with its plural and its context where it has them."""

    singular: str
    plural: str = ""
    context: str = ""


def services() -> list[Path]:
    """The folders that have catalogs: services with texts of their own, and the vocabulary."""
    return [*sorted(folder.parent for folder in (ROOT / "services").glob("*/locale")), VOCABULARY]


def catalog_of(service: Path, language: str) -> Path:
    """Where a service keeps its sentences in one language."""
    return service / "locale" / language / "LC_MESSAGES" / "messages.po"


def sentences(service: Path) -> list[Sentence]:
    """The texts in a service's source, each once, in the order of the source."""
    if service == VOCABULARY:
        return [Sentence(*entry, subject.name) for subject in SUBJECTS for entry in subject.entries()]
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    texts = extract_from_dir(service, methods, options, keywords=KEYWORDS)
    return list(
        dict.fromkeys(
            Sentence(text) if isinstance(text, str) else Sentence(text[0], text[1]) for _, _, text, _, _ in texts
        )
    )


def sentence_of(entry: polib.POEntry) -> Sentence:
    """The source of a catalog's entry."""
    return Sentence(entry.msgid, entry.msgid_plural, entry.msgctxt or "")


def level(catalog: polib.POFile, wanted: list[Sentence], forms: int) -> None:
    """Give the catalog exactly these sentences, in this order, and keep existing translations."""
    known = {sentence_of(entry): entry for entry in catalog if not entry.obsolete}
    catalog[:] = [known.get(sentence) or _untranslated(sentence, forms) for sentence in wanted]


def _untranslated(sentence: Sentence, forms: int) -> polib.POEntry:
    flags = ["python-format"] if "%(" in sentence.singular else []
    entry = polib.POEntry(msgid=sentence.singular, msgctxt=sentence.context or None, flags=flags)
    if sentence.plural:
        entry.msgid_plural, entry.msgstr_plural = sentence.plural, dict.fromkeys(range(forms), "")
    return entry


def main() -> None:
    """Update every catalog and report how many sentences each still lacks."""
    for service in services():
        wanted = sentences(service)
        for language, forms in FORMS.items():
            path = catalog_of(service, language)
            catalog = polib.pofile(str(path), wrapwidth=110)
            level(catalog, wanted, forms)
            catalog.save()
            print(
                f"{service.name:14} {language}  {len(wanted):4} sentences, {len(catalog.untranslated_entries())} to do"
            )


if __name__ == "__main__":
    main()
