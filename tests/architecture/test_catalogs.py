"""Every sentence of every service stands in every language, whole and with its own figures."""

from __future__ import annotations

import re

import polib
import pytest

from deploy.catalogs import FORMS, Sentence, catalog_of, level, sentence_of, sentences, services

SERVICES = services()


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


def read(service, language):
    return polib.pofile(str(catalog_of(service, language)))


def test_there_are_catalogs_to_check():
    assert SERVICES


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_catalog_holds_exactly_the_sentences_of_its_service(service, language):
    source = set(sentences(service))
    translated = {sentence_of(entry) for entry in read(service, language) if not entry.obsolete}
    assert source, "nothing was extracted: does babel.cfg cover this service?"
    assert sorted(source - translated) == [], "missing"
    assert sorted(translated - source) == [], "no longer in the source"


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_translation_is_whole(service, language):
    catalog = read(service, language)
    assert f"nplurals={FORMS[language]};" in catalog.metadata["Plural-Forms"]
    assert {sentence_of(e): faults for e in catalog if (faults := faults_of(e, FORMS[language]))} == {}


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


def test_levelling_keeps_what_is_translated_and_opens_what_is_new():
    catalog = polib.POFile()
    catalog.extend([polib.POEntry(msgid="kept", msgstr="ostane"), polib.POEntry(msgid="gone", msgstr="odide")])
    level(catalog, [Sentence("one home", "homes"), Sentence("kept")], 4)
    assert [(entry.msgid, entry.msgstr) for entry in catalog] == [("one home", ""), ("kept", "ostane")]
    assert faults_of(catalog[0], 4) == ["empty"]


def test_the_same_text_in_another_context_is_another_entry():
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="active", msgctxt="listing status", msgstr="aktivno"))
    level(catalog, [Sentence("active", context="listing status"), Sentence("active", context="stage")], 4)
    assert [(entry.msgctxt, entry.msgstr) for entry in catalog] == [("listing status", "aktivno"), ("stage", "")]
