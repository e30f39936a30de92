"""What is wrong with a field is a code with figures, whoever found it."""

from __future__ import annotations

import ast
import copy
import re
from pathlib import Path
from typing import Any

import pytest
from marshmallow import fields, validate

from shared import codes
from shared.codes import CODES, Code, documents
from shared.http.schemas import Line, Money, Number, Strict, Whole, YesNo
from shared.vocabulary.deliveries import DELIVERY_REASONS
from shared.vocabulary.field_errors import FIELD_ERRORS
from shared.vocabulary.i18n import LANGUAGES
from shared.vocabulary.wording import word

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("shared", "services") for path in (ROOT / folder).rglob("*.py")]
# Pages answer people in their own words, and their forms have codes that never leave the gateway.
PAGES = [ROOT / "services/gateway" / name for name in ("web", "components", "pages")]
ANSWERING = [path for path in SOURCES if not any(path.is_relative_to(folder) for folder in PAGES)]


class Part(Strict):
    """What a body holds."""

    size = Whole(1, 9, required=True)


class Body(Strict):
    """Fields of many kinds."""

    name = Line(5)
    kind = fields.String(validate=validate.OneOf(("new", "old")))
    words = fields.List(fields.String(validate=validate.Length(1, 3)), validate=validate.Length(1, 2))
    by_name = fields.Dict(keys=fields.String(validate=validate.Length(2)), values=fields.Integer())
    price = Money(low=1, high=1000)
    share = Number(0, 1, places=3)
    above = fields.Float(validate=validate.Range(0, min_inclusive=False))
    yes = YesNo()
    day = fields.Date()
    at = fields.AwareDateTime()
    email = fields.Email()
    url = fields.Url()
    part = fields.Nested(Part)
    parts = fields.List(fields.Nested(Part))


def error(code: Code, **figures: Any) -> dict[str, Any]:
    """An error as answers carry it, without its English."""
    return {"code": code.code, **figures}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"name": 1}, {"name": [error(codes.NOT_TEXT)]}),
        ({"name": None}, {"name": [error(codes.NULL)]}),
        ({"name": "longer"}, {"name": [error(codes.TOO_LONG, most=5)]}),
        ({"name": "  "}, {"name": [error(codes.BLANK)]}),
        ({"name": "a\nb"}, {"name": [error(codes.CONTROL_CHARACTERS)]}),
        ({"name": "\ud800"}, {"name": [error(codes.BROKEN_TEXT)]}),
        ({"kind": "other"}, {"kind": [error(codes.NOT_A_CHOICE, choices=["new", "old"])]}),
        ({"words": []}, {"words": [error(codes.TOO_FEW, least=1)]}),
        ({"words": ["a"] * 3}, {"words": [error(codes.TOO_MANY, most=2)]}),
        ({"words": ["long"]}, {"words": {"0": [error(codes.TOO_LONG, most=3)]}}),
        ({"words": "a"}, {"words": [error(codes.NOT_A_LIST)]}),
        ({"by_name": []}, {"by_name": [error(codes.NOT_AN_OBJECT)]}),
        ({"by_name": {"a": 1}}, {"by_name": {"a": {"key": [error(codes.TOO_SHORT, least=2)]}}}),
        ({"by_name": {"aa": "x"}}, {"by_name": {"aa": {"value": [error(codes.NOT_WHOLE)]}}}),
        ({"price": 1001}, {"price": [error(codes.TOO_LARGE, most=1000)]}),
        ({"price": 0.5}, {"price": [error(codes.TOO_SMALL, least=1)]}),
        ({"price": 1.005}, {"price": [error(codes.TOO_MANY_DECIMALS, decimals=2)]}),
        ({"price": 10**400}, {"price": [error(codes.TOO_LARGE, most=10**15)]}),
        ({"share": "1"}, {"share": [error(codes.NOT_A_NUMBER)]}),
        ({"share": float("nan")}, {"share": [error(codes.NOT_FINITE)]}),
        ({"above": 0}, {"above": [error(codes.NOT_ABOVE, limit=0)]}),
        ({"yes": "true"}, {"yes": [error(codes.NOT_YES_OR_NO)]}),
        ({"day": "soon"}, {"day": [error(codes.NOT_A_DAY)]}),
        ({"at": "2026-01-01T00:00:00"}, {"at": [error(codes.NOT_A_MOMENT)]}),
        ({"email": "nobody"}, {"email": [error(codes.NOT_AN_EMAIL)]}),
        ({"url": "nowhere"}, {"url": [error(codes.NOT_A_URL)]}),
        ({"part": 1}, {"part": {"_schema": [error(codes.NOT_AN_OBJECT)]}}),
        ({"part": {}}, {"part": {"size": [error(codes.MISSING)]}}),
        ({"parts": [{"size": 10}]}, {"parts": {"0": {"size": [error(codes.TOO_LARGE, most=9)]}}}),
        ({"other": 1}, {"other": [error(codes.UNKNOWN_FIELD)]}),
    ],
    ids=str,
)
def test_marshmallow_says_what_is_wrong_by_a_code_with_figures(body: Any, expected: Any) -> None:
    assert without_english(documents(Body().validate(body))) == expected


def without_english(found: Any) -> Any:
    """The same errors without their English, of which every one has some."""
    if isinstance(found, list):
        assert all(one["detail"] for one in found)
        return [{name: it for name, it in one.items() if name != "detail"} for one in found]
    return {name: without_english(inner) for name, inner in found.items()}


def test_a_code_shows_its_figures_in_english_and_keeps_them() -> None:
    made = codes.NOT_A_CHOICE(choices=["a", "b"])
    assert (str(made), made.code, made.figures) == ("Must be one of: a, b.", "not_a_choice", {"choices": ["a", "b"]})
    assert copy.deepcopy(made) is made


def test_a_code_takes_exactly_the_figures_that_its_sentence_names() -> None:
    with pytest.raises(TypeError, match="most"):
        codes.TOO_LARGE(least=1)


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Code("too_large", "Something else.")


def test_every_code_is_a_word_in_snake_case_and_keeps_its_name_from_its_figures() -> None:
    for name, code in CODES.items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name), name
        assert not code.names & {"code", "detail"}, name


def test_the_words_of_a_code_name_figures_that_it_has() -> None:
    import_every_code()
    for name, words in FIELD_ERRORS.words.items():
        assert name in CODES, name
        assert set(re.findall(r"%\((\w+)\)", words)) <= CODES[name].names, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words_in_every_language(language: str) -> None:
    import_every_code()
    untranslated = [code for code in CODES if worded(code, language) is None]
    assert untranslated == []
    assert len(CODES) > 100


def worded(code: str, language: str) -> str | None:
    """The words for a code; None where it has none, or only English ones."""
    subject = next((one for one in (FIELD_ERRORS, DELIVERY_REASONS) if code in one.words), None)
    if subject is None or language == "en":
        return subject and subject.words[code]
    translated = word(subject, code, language)
    return None if translated == subject.words[code] else translated


def import_every_code() -> None:
    """Declare the codes of every service."""
    for path in ANSWERING:
        if "Code(" in path.read_text():
            __import__(".".join(path.relative_to(ROOT).with_suffix("").parts))


REFUSALS = {"Invalid", "Conflict", "ValidationError", "RuleBroken", "Refused", "NotThat", "FieldError"}


@pytest.mark.parametrize("path", ANSWERING, ids=[str(path.relative_to(ROOT)) for path in ANSWERING])
def test_no_field_is_refused_by_a_sentence_alone(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    raised = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in REFUSALS]
    assert [call.lineno for call in raised if has_sentence(call)] == []
    given = [word for call in calls for word in call.keywords if word.arg == "error"]
    assert [word.value.lineno for word in given if is_text(word.value)] == []


def has_sentence(call: ast.Call) -> bool:
    """Whether a field is refused by a text: the only argument of a validator, or a text in a list by field."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name == "ValidationError":
        return bool(call.args) and is_text(call.args[0])
    lists = [node for argument in call.args for node in ast.walk(argument) if isinstance(node, ast.List)]
    return any(is_text(one) for each in lists for one in each.elts)


def is_text(node: ast.expr) -> bool:
    """Whether an expression is a text as it stands."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
