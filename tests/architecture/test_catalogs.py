"""Every sentence of every service stands in every language, whole and with its own figures."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg

ROOT = Path(__file__).parents[2]
LANGUAGES = ("es", "pt", "sl", "sv")
FORMS = {"es": 2, "pt": 2, "sl": 4, "sv": 2}
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_l", "lazy_gettext", "lazy_ngettext:1,2"])}
SERVICES = sorted(folder.parent for folder in (ROOT / "services").glob("*/locale"))

Sentence = tuple[str, ...]


def extracted(service: Path) -> set[Sentence]:
    """The sentences of one service's source: (singular,) or (singular, plural)."""
    with (ROOT / "babel.cfg").open() as handle:
        methods, options = parse_mapping_cfg(handle)
    found = extract_from_dir(service, methods, options, keywords=KEYWORDS)
    return {(text,) if isinstance(text, str) else tuple(text[:2]) for _, _, text, _, _ in found}


def sentences(catalog: polib.POFile) -> set[Sentence]:
    return {(e.msgid, e.msgid_plural) if e.msgid_plural else (e.msgid,) for e in catalog if not e.obsolete}


def placeholders(text: str) -> set[str]:
    """The figures a sentence leaves room for, in both of the styles that we use."""
    return set(re.findall(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}", text))


def faults_of(entry: polib.POEntry, forms: int) -> list[str]:
    """What is wrong with one translation."""
    if entry.obsolete:
        return ["obsolete"]
    told = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    faults = ["fuzzy"] if entry.fuzzy else []
    if not all(text.strip() for text in told):
        faults.append("empty")
    if entry.msgid_plural and len(told) != forms:
        faults.append(f"{len(told)} plural forms instead of {forms}")
    allowed = [placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]
    if any(placeholders(text) not in allowed for text in told):
        faults.append("other placeholders than its source")
    return faults


def read(service: Path, language: str) -> polib.POFile:
    return polib.pofile(str(service / "locale" / language / "LC_MESSAGES" / "messages.po"))


def test_there_are_catalogs_to_check():
    assert SERVICES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_catalog_holds_exactly_the_sentences_of_its_service(service, language):
    source, told = extracted(service), sentences(read(service, language))
    assert source, "nothing was extracted: does babel.cfg cover this service?"
    assert sorted(source - told) == [], "missing"
    assert sorted(told - source) == [], "no longer in the source"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_translation_is_whole(service, language):
    catalog = read(service, language)
    assert f"nplurals={FORMS[language]};" in catalog.metadata["Plural-Forms"]
    assert {e.msgid: faults for e in catalog if (faults := faults_of(e, FORMS[language]))} == {}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="a", msgstr=" "), "empty"),
        (polib.POEntry(msgid="a", msgstr="b", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="a", msgstr="b", obsolete=True), "obsolete"),
        (polib.POEntry(msgid="%(x)s a", msgstr="%(y)s b"), "other placeholders than its source"),
        (
            polib.POEntry(msgid="a", msgid_plural="b", msgstr_plural={0: "x", 1: "y"}),
            "2 plural forms instead of 4",
        ),
    ],
)
def test_the_check_sees_each_kind_of_fault(entry, fault):
    assert fault in faults_of(entry, 4)
