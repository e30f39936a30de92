"""Clients and the OpenAPI documents of their services say the same, field by field."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from services.gateway.upstream.client import ServiceClient
from services.gateway.upstream.leads import LeadsClient
from services.gateway.upstream.matching import MatchingClient
from services.gateway.upstream.notifications import NotificationsClient
from services.gateway.upstream.properties import PropertiesClient
from services.gateway.upstream.service_status import ServiceStatusClient
from tests.issuer import test_settings
from tests.unit.gateway.upstream.openapi import RecordingCaller, differences, methods, request_of

CLIENTS: tuple[type[ServiceClient], ...] = (LeadsClient, PropertiesClient, MatchingClient, NotificationsClient)
CALLS = [(client, name) for client in CLIENTS for name in methods(client)]


@cache
def document(service: str) -> dict[str, Any]:
    """The OpenAPI document of a service, which needs neither a database nor a broker to be written."""
    settings = test_settings(jwks_file=str(Path(__file__)))
    app = importlib.import_module(f"services.{service}.app").create_app(settings)
    found: dict[str, Any] = app.test_client().get("/openapi.json").json
    return found


@pytest.mark.parametrize(("client", "name"), CALLS, ids=lambda value: getattr(value, "SERVICE", value))
def test_a_method_sends_and_declares_what_the_document_of_its_service_says(
    client: type[ServiceClient], name: str
) -> None:
    assert differences(document(client.SERVICE), client(RecordingCaller()), name) == []


@pytest.mark.parametrize("service", ["leads", "properties", "matching", "notifications"])
@pytest.mark.parametrize("name", methods(ServiceStatusClient))
def test_every_service_answers_about_itself_as_its_client_declares(service: str, name: str) -> None:
    assert differences(document(service), ServiceStatusClient(RecordingCaller(), service), name) == []


def test_a_drift_of_names_or_presence_is_seen() -> None:
    known = document("leads")
    contact = dict(known["components"]["schemas"]["ContactOut"])
    contact["properties"] = {k: v for k, v in contact["properties"].items() if k != "notes"} | {"nickname": {}}
    contact["required"] = [name for name in contact["required"] if name != "stage"]
    drifted = known | {"components": {"schemas": known["components"]["schemas"] | {"ContactOut": contact}}}
    found = " ".join(differences(drifted, LeadsClient(RecordingCaller()), "contact"))
    assert "has no ['notes']" in found
    assert "has ['nickname'] as well" in found
    assert "reply.stage is not always there" in found


def test_a_change_names_its_version_and_a_creation_its_idempotency_key() -> None:
    client = LeadsClient(RecordingCaller())
    assert request_of(client, "change_contact").headers == {"If-Match": '"1"'}
    assert request_of(client, "create_contact").headers == {"Idempotency-Key": "a-idempotency_key"}


def test_segments_of_a_path_are_quoted_and_empty_values_of_a_query_left_out() -> None:
    sent = []

    class Remembering(RecordingCaller):
        def call(self, service: str, method: str, path: str, **more: Any) -> Any:
            sent.append((path, more.get("query")))

    client = LeadsClient(Remembering())
    client.contact("a/b ?")
    client.contacts(q="", stage=None, ids=["one"])
    assert sent == [("/v1/contacts/a%2Fb%20%3F", {}), ("/v1/contacts", {"id": ["one"], "limit": 50})]
