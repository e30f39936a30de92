"""What a client sends and declares, compared with the OpenAPI document of its service."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from services.gateway.upstream.client import Caller, ServiceClient

Document = dict[str, Any]
KINDS = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null", bytes: "string"}


@dataclass(frozen=True)
class Request:
    """What a method of a client would send."""

    method: str
    path: str
    query: Mapping[str, Any]
    body: Any
    headers: Mapping[str, str]
    parts: Mapping[str, Any] | None


class _Sent(Exception):
    """Raised in the place of the answer: a client that is only looked at needs no service."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.path)
        self.request = request


class RecordingCaller(Caller):
    """Raises what would be sent."""

    def __init__(self) -> None:
        super().__init__(None, "token", "en")  # type: ignore[arg-type]

    def call(self, service: str, method: str, path: str, **sent: Any) -> Any:
        """Never answers."""
        raise _Sent(
            Request(
                method,
                path,
                sent.get("query") or {},
                sent.get("body"),
                sent.get("headers") or {},
                sent.get("parts"),
            )
        )


def methods(client: type[ServiceClient]) -> list[str]:
    """The calls that a client offers."""
    found = inspect.getmembers(client, inspect.isfunction)
    return [name for name, _ in found if not name.startswith("_")]


def request_of(client: ServiceClient, name: str) -> Request:
    """What a method sends when every parameter is given."""
    method = getattr(client, name)
    hints = get_type_hints(method)
    parameters = inspect.signature(method).parameters
    positional = [p for p, one in parameters.items() if one.kind is not one.KEYWORD_ONLY]
    named = [p for p, one in parameters.items() if one.kind is one.KEYWORD_ONLY]
    try:
        method(*(_sample(p, hints[p]) for p in positional), **{p: _sample(p, hints[p]) for p in named})
    except _Sent as sent:
        return sent.request
    raise AssertionError(f"{name} sends nothing")


def differences(document: Document, client: ServiceClient, name: str) -> list[str]:
    """Where a method and the document disagree; none when they say the same."""
    request = request_of(client, name)
    operation = _operation(document, request)
    if operation is None:
        return [f"{name}: there is no {request.method} {request.path}"]
    hints = get_type_hints(getattr(client, name), include_extras=True)
    return [f"{name}: {each}" for each in _differences(document, operation, request, hints)]


def _differences(document: Document, operation: Document, request: Request, hints: dict[str, Any]) -> Iterator[str]:
    known = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    if unknown := set(request.query) - known:
        yield f"the query has no {sorted(unknown)}"
    content = operation.get("requestBody", {}).get("content", {})
    if request.parts is not None:
        fields = _resolved(document, content["multipart/form-data"]["schema"])["properties"]
        if unknown := set(request.parts) - set(fields):
            yield f"the form has no {sorted(unknown)}"
    elif isinstance(request.body, _Body):
        yield from _compared(document, content["application/json"]["schema"], request.body.type_, "body", sent=True)
    elif isinstance(request.body, dict):
        fields = _resolved(document, content["application/json"]["schema"])["properties"]
        if unknown := set(request.body) - set(fields):
            yield f"the body has no {sorted(unknown)}"
    yield from _reply(document, operation, hints["return"])


def _reply(document: Document, operation: Document, declared: Any) -> Iterator[str]:
    answer = next(one for status, one in operation["responses"].items() if status.startswith("2"))
    if declared is NoneType:
        return
    schema = answer["content"]["application/json"]["schema"]
    if get_origin(declared) is list:
        whole = _resolved(document, schema)
        if set(whole["properties"]) != {"items"}:
            yield "the reply is more than a list"
        schema = whole["properties"]["items"]
    yield from _compared(document, schema, declared, "reply")


def _compared(document: Document, schema: Document, declared: Any, at: str, *, sent: bool = False) -> Iterator[str]:
    """Differences of a type and a schema; `sent` types may leave out what the service fills in or refuses."""
    schema = _resolved(document, schema)
    if is_typeddict(declared):
        if "properties" in schema:
            yield from _fields(document, schema, declared, at, sent)
        elif "object" not in _kinds(schema):
            yield f"{at} is {schema}, not {declared.__name__}"
        return
    expected, given = _kinds(schema), _kinds_of(declared)
    if expected and given and not _same(expected, given):
        yield f"{at} is {sorted(expected)}, not {sorted(given)}"
    items = [one for one in _members(declared) if get_origin(one) is list]
    if items and "items" in schema:
        yield from _compared(document, schema["items"], get_args(items[0])[0], f"{at}[]", sent=sent)
    for member in _members(declared):
        if is_typeddict(member):
            yield from _compared(document, _object_in(schema), member, at, sent=sent)


def _fields(document: Document, schema: Document, declared: Any, at: str, sent: bool) -> Iterator[str]:
    hints = get_type_hints(declared, include_extras=True)
    required = set(schema.get("required", ()))
    if missing := set(hints) - set(schema["properties"]):
        yield f"{at} has no {sorted(missing)}"
    unused = set(schema["properties"]) - set(hints)
    if unused and not sent:
        yield f"{at} has {sorted(unused)} as well"
    for name in set(hints) & set(schema["properties"]):
        # a class of lazy annotations does not know its own NotRequired fields
        optional = get_origin(hints[name]) is NotRequired or name in declared.__optional_keys__
        if not sent and optional == (name in required):
            yield f"{at}.{name} is {'always' if optional else 'not always'} there"
        inner = get_args(hints[name])[0] if get_origin(hints[name]) is NotRequired else hints[name]
        yield from _compared(document, schema["properties"][name], inner, f"{at}.{name}", sent=sent)


def _operation(document: Document, request: Request) -> Document | None:
    """The operation of a request; of several paths that fit, the one with the fewest placeholders."""
    fitting = [path for path in document["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), request.path)]
    for path in sorted(fitting, key=lambda one: one.count("{")):
        if request.method.lower() in document["paths"][path]:
            whole: Document = document["paths"][path]
            operation: Document = whole[request.method.lower()]
            return operation | {"parameters": [*whole.get("parameters", ()), *operation.get("parameters", ())]}
    return None


class _Body(dict[str, Any]):
    """A body of a declared type, empty."""

    type_: Any = None


def _sample(name: str, hint: Any) -> Any:
    """A value of a type, so that everything that can be sent is sent."""
    members = [one for one in _members(hint) if one is not NoneType]
    first = members[0]
    if is_typeddict(first):
        body = _Body()
        body.type_ = first
        if name == "filters":
            body.update(dict.fromkeys(get_type_hints(first), "x"))
        return body
    origin = get_origin(first) or first
    samples: dict[Any, Any] = {str: f"a-{name}", int: 1, float: 1.5, bool: True, bytes: b"x"}
    return samples.get(origin, ["x"])


def _members(hint: Any) -> list[Any]:
    return list(get_args(hint)) if isinstance(hint, UnionType) or get_origin(hint) is Union else [hint]


def _kinds_of(hint: Any) -> set[str]:
    """The JSON types of a hint; none where it is Any."""
    found: set[str] = set()
    for one in _members(hint):
        if one is Any:
            return set()
        origin = get_origin(one) or one
        if is_typeddict(one) or origin is dict:
            found.add("object")
        else:
            found.add("array" if origin is list else KINDS[origin])
    return found


def _kinds(schema: Document) -> set[str]:
    if "anyOf" in schema:
        return {kind for one in schema["anyOf"] for kind in (_kinds(one) if "$ref" not in one else {"object"})}
    kind = schema.get("type")
    return set() if kind is None else {kind} if isinstance(kind, str) else set(kind)


def _same(expected: set[str], given: set[str]) -> bool:
    """JSON has one kind of number; int | float stands for it."""
    numbers = {"integer": "number"}
    return {numbers.get(one, one) for one in expected} == {numbers.get(one, one) for one in given}


def _object_in(schema: Document) -> Document:
    return next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)


def _resolved(document: Document, schema: Document) -> Document:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema
