"""Every code that a service can emit has words in five languages, and they stand in the vocabulary alone."""

from __future__ import annotations

import ast
import importlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import polib
import pytest
from jinja2 import nodes
from marshmallow import Schema, fields, validate
from pydantic import TypeAdapter

from deploy.catalogs import FORMS, VOCABULARY, catalog_of, sentence_of
from services.gateway.accounts.model.member import MEMBER_ROLES
from services.leads.timeline import KINDS as TIMELINE
from services.matching.engine.dictionary.lexicon import fold
from services.matching.engine.dictionary.words import SUBJECTS as READ_WITH
from services.matching.engine.dictionary.words import WORDS
from services.notifications.alerts.model import ALERTS_OFF, SENT_BEFORE
from services.notifications.delivery.model import OFF_MARKET
from services.notifications.delivery.model import REASONS as DELIVERY_REASONS_WRITTEN
from services.notifications.delivery.model import STATES as DELIVERY
from services.properties.feeds.looking import DELIMITERS
from services.properties.feeds.mapping import ENCODINGS
from services.properties.model import TRANSITIONS
from shared.contracts import CONTRACTS
from shared.vocabulary.contacts import TIMELINE_KINDS
from shared.vocabulary.deliveries import DELIVERY_GATES, DELIVERY_REASONS, DELIVERY_STATES
from shared.vocabulary.i18n import LANGUAGES
from shared.vocabulary.listings import LISTING_STATUSES
from shared.vocabulary.matches import MATCH_ENTRIES, MATCH_LOSSES
from shared.vocabulary.sign_ins import ROLES, SIGN_IN_OUTCOMES
from shared.vocabulary.subjects import SUBJECTS
from shared.vocabulary.wording import word

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ROOT / "services"
MODULES = sorted(path for path in SERVICES.rglob("*.py") if path.stem != "__main__")
# Choices that are no codes: languages name themselves, signs and encodings of a file are shown as they are, and the
# others are seen by programs only. The list may only shrink.
TECHNICAL = (
    set(LANGUAGES),
    *(set(ENCODINGS), set(DELIMITERS), {".", ","}, {"", ".", ",", " ", "'"}),
    {"client_credentials"},
    {"email", "phone"},
    {"newest", "price", "-price"},
)
TRANSLATES = {"_", "gettext", "ngettext", "N_", "lazy_gettext"}
# Lists outside of the vocabulary that are still there, by file; the list may only shrink.
SECOND_LISTS: set[str] = set()


def has_words(codes: set[str]) -> bool:
    """Whether one subject has a word for all of these codes."""
    return any(codes <= {*subject.codes, *([""] if subject.nothing else [])} for subject in SUBJECTS)


def one_ofs(field: Any) -> Iterator[validate.OneOf]:
    """The choices that a field allows, in itself and in what it holds."""
    if isinstance(field, fields.List):
        yield from one_ofs(field.inner)
    if isinstance(field, fields.Dict):
        for part in (field.key_field, field.value_field):
            yield from one_ofs(part) if part is not None else ()
    for check in getattr(field, "validators", ()):
        yield from (one for one in getattr(check, "validators", (check,)) if isinstance(one, validate.OneOf))


def literals(schema: Any) -> Iterator[list[Any]]:
    """The choices in a JSON schema, however deep."""
    if isinstance(schema, dict):
        yield from [schema["enum"]] if "enum" in schema else []
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from literals(part)


def schemas() -> Iterator[tuple[str, Schema]]:
    """Every schema of the services' interfaces."""
    for path in MODULES:
        if "Schema" in (text := path.read_text()) or "Strict" in text or "PageQuery" in text:
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            for name, value in vars(module).items():
                if isinstance(value, type) and issubclass(value, Schema) and value.__module__ == module.__name__:
                    yield f"{module.__name__}.{name}", value()


def constants(folder: Path, *, calls: dict[str, int], keys: set[str]) -> set[str]:
    """Texts that code under a folder gives to these calls (by position) or under these names."""
    texts: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            given: list[ast.expr] = []
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                given += node.args[calls[called] :][:1] if called in calls else []
                given += [keyword.value for keyword in node.keywords if keyword.arg in keys]
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                given += [value for key, value in pairs if isinstance(key, ast.Constant) and key.value in keys]
            texts |= {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return texts


def choices_of_contracts() -> Iterator[tuple[str, set[str]]]:
    """What the data of events may say where a contract lists it."""
    for name, contract in CONTRACTS.items():
        for choices in literals(TypeAdapter(contract.data).json_schema()):
            yield name, {choice for choice in choices if choice is not None}


def choices_of_interfaces() -> Iterator[tuple[str, set[str]]]:
    """What the HTTP interfaces take and answer where a schema lists it."""
    for name, schema in schemas():
        for field, value in schema.fields.items():
            for check in one_ofs(value):
                yield f"{name}.{field}", {str(choice) for choice in check.choices if choice is not None}


@pytest.mark.parametrize("choices", [choices_of_contracts, choices_of_interfaces])
def test_every_choice_of_contracts_and_interfaces_has_words(choices):
    seen = list(choices())
    assert len(seen) >= 5
    assert {name: said for name, said in seen if not has_words(said) and said not in TECHNICAL} == {}


def test_what_the_models_count_with_has_words():
    assert set(TRANSITIONS) == set(LISTING_STATUSES.codes)
    assert set(DELIVERY) == set(DELIVERY_STATES.codes)
    assert set(TIMELINE) == set(TIMELINE_KINDS.codes)
    assert constants(SERVICES / "matching", calls={"Loss": 0}, keys=set()) == set(MATCH_LOSSES.codes)
    assert set(MEMBER_ROLES) == set(ROLES.codes)


def test_every_reason_that_notifications_writes_down_has_words():
    off_market = {f"{OFF_MARKET}{status}" for status in LISTING_STATUSES.codes if status != "active"}
    assert {*DELIVERY_REASONS_WRITTEN, *off_market, SENT_BEFORE, ALERTS_OFF} == set(DELIVERY_REASONS.codes)


def test_every_gate_before_an_alert_has_words():
    gates = constants(SERVICES / "notifications", calls={"gate": 0}, keys=set())
    assert len(gates) >= 8
    assert gates <= set(DELIVERY_GATES.codes)


def test_every_way_in_and_every_attempt_to_sign_in_has_words():
    entries = constants(SERVICES / "notifications", calls={}, keys={"entered_by"})
    outcomes = constants(SERVICES / "gateway" / "accounts", calls={"_note": 2, "note": 1}, keys=set())
    assert entries <= set(MATCH_ENTRIES.codes)
    assert outcomes <= set(SIGN_IN_OUTCOMES.codes)


@pytest.mark.parametrize("language", FORMS)
def test_every_word_is_translated(language):
    catalog = {sentence_of(entry): entry for entry in catalog_entries(language)}
    wanted = [(*entry, subject.name) for subject in SUBJECTS for entry in subject.entries()]
    assert [entry for entry in wanted if entry not in catalog] == []


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_every_code_has_a_word_in_every_language(subject):
    assert [(code, lang) for code in subject.codes for lang in LANGUAGES if not word(subject, code, lang).strip()] == []


@pytest.mark.parametrize("part", sorted(READ_WITH))
def test_what_is_read_and_what_is_shown_are_the_same_codes(part):
    synonyms = json.loads(WORDS.read_text(encoding="utf-8"))[part]
    assert set(synonyms) == set(READ_WITH[part].codes)


@pytest.mark.parametrize("part", sorted(READ_WITH))
def test_a_word_that_is_shown_is_also_understood(part):
    synonyms = json.loads(WORDS.read_text(encoding="utf-8"))[part]
    strange = [
        (code, language, shown)
        for code, languages in synonyms.items()
        for language in LANGUAGES
        if fold(shown := word(READ_WITH[part], code, language)) not in map(fold, languages[language])
    ]
    assert strange == []


@pytest.mark.parametrize("part", sorted(READ_WITH))
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_understood_as_two_codes(part, language):
    synonyms = json.loads(WORDS.read_text(encoding="utf-8"))[part]
    pairs = [(fold(each), code) for code, languages in synonyms.items() for each in languages[language]]
    assert sorted(each for each, codes in Counter(each for each, _code in set(pairs)).items() if codes > 1) == []


def test_nobody_keeps_a_second_list():
    found = {str(path.relative_to(ROOT)) for path in MODULES if second_lists(ast.parse(path.read_text()))}
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for path in SERVICES.rglob("*.html"):
        if second_lists_in(environment.parse(path.read_text())):
            found.add(str(path.relative_to(ROOT)))
    assert sorted(found - SECOND_LISTS) == [], "words for codes belong in shared/vocabulary"
    assert sorted(SECOND_LISTS - found) == [], "no longer there: take it off the list"


def test_a_second_list_is_seen():
    assert second_lists(ast.parse('{"active": _("On"), "closed": ("x", _("Shut")), "expired": _("Over")}'))
    assert second_lists(ast.parse('[("instant", _("Now")), ("daily", _("Daily")), ("weekly", _("Weekly"))]'))
    assert not second_lists(ast.parse('{"active": "pass", "closed": "near", "expired": ""}'))
    assert not second_lists(ast.parse('{"new": _("New: %(x)s"), "price": _("At %(x)s"), "status": _("Back: %(x)s")}'))
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    table = '{{ {"instant": _("Now"), "daily": _("Daily"), "weekly": _("Weekly")}[x] }}'
    assert second_lists_in(environment.parse(table))


def catalog_entries(language: str) -> polib.POFile:
    """The entries of the vocabulary's catalog."""
    return polib.pofile(str(catalog_of(VOCABULARY, language)))


def second_lists(tree: ast.AST) -> list[list[str]]:
    """Literals of a module that give words to three or more codes of one subject."""
    lists = []
    for node in ast.walk(tree):
        pairs: list[tuple[Any, Any]] = []
        if isinstance(node, ast.Dict):
            pairs = list(zip(node.keys, node.values, strict=True))
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            pairs = [(one.elts[0], one) for one in node.elts if isinstance(one, ast.Tuple) and one.elts]
        codes = [key.value for key, value in pairs if isinstance(key, ast.Constant) and _is_worded(value)]
        lists += [codes] if _is_second(codes) else []
    return lists


def second_lists_in(template: nodes.Template) -> list[list[str]]:
    """The same in a template."""
    lists = []
    for node in template.find_all((nodes.Dict, nodes.List, nodes.Tuple)):
        if isinstance(node, nodes.Dict):
            pairs = [(pair.key, pair.value) for pair in node.items]
        else:
            pairs = [(one.items[0], one) for one in node.items if isinstance(one, nodes.Tuple) and one.items]
        codes = [key.value for key, value in pairs if isinstance(key, nodes.Const) and _is_worded_in(value)]
        lists += [codes] if _is_second(codes) else []
    return lists


def _is_second(codes: list[Any]) -> bool:
    return any(len(set(codes) & set(subject.codes)) >= 3 for subject in SUBJECTS)


def _is_worded(value: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in TRANSLATES
        and any(isinstance(one, ast.Constant) and _is_word(one.value) for one in node.args)
        for node in ast.walk(value)
    )


def _is_worded_in(value: nodes.Node) -> bool:
    calls = [value] if isinstance(value, nodes.Call) else list(value.find_all(nodes.Call))
    return any(
        isinstance(call.node, nodes.Name)
        and call.node.name in TRANSLATES
        and any(isinstance(one, nodes.Const) and _is_word(one.value) for one in call.args)
        for call in calls
    )


def _is_word(text: Any) -> bool:
    """A whole sentence, or one with figures in it, speaks of a code and is not its word."""
    return isinstance(text, str) and "%(" not in text and not text.endswith((".", "?", "!"))
