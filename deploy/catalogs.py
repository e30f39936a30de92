"""Brings every service's catalogs level with its source: new sentences come in empty, gone ones leave."""

from __future__ import annotations

from pathlib import Path

import polib  # type: ignore[import-untyped]
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg

ROOT = Path(__file__).parent.parent
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_l", "lazy_gettext", "lazy_ngettext:1,2"])}
FORMS = {"es": 2, "pt": 2, "sl": 4, "sv": 2}

Sentence = tuple[str, str]


def services() -> list[Path]:
    """The folders of the services that speak."""
    return sorted(folder.parent for folder in (ROOT / "services").glob("*/locale"))


def catalog_of(service: Path, language: str) -> Path:
    """Where a service keeps its sentences in one language."""
    return service / "locale" / language / "LC_MESSAGES" / "messages.po"


def sentences(service: Path) -> list[Sentence]:
    """The sentences in a service's source as (singular, plural or nothing), each once, in the order of the source."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(service, methods, options, keywords=KEYWORDS)
    return list(
        dict.fromkeys((text, "") if isinstance(text, str) else (text[0], text[1]) for _, _, text, _, _ in found)
    )


def level(catalog: polib.POFile, wanted: list[Sentence], forms: int) -> None:
    """Give the catalog exactly these sentences, in this order, with what was already translated."""
    known = {(entry.msgid, entry.msgid_plural): entry for entry in catalog if not entry.obsolete}
    catalog[:] = [known.get(sentence) or _untranslated(*sentence, forms) for sentence in wanted]


def _untranslated(singular: str, plural: str, forms: int) -> polib.POEntry:
    flags = ["python-format"] if "%(" in singular else []
    if plural:
        return polib.POEntry(
            msgid=singular, msgid_plural=plural, msgstr_plural=dict.fromkeys(range(forms), ""), flags=flags
        )
    return polib.POEntry(msgid=singular, msgstr="", flags=flags)


def main() -> None:
    """Level every catalog and say how many sentences each still lacks."""
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
