"""Every route of every service says who may come in."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from flask import Flask

from shared.http.claims import ROLES
from shared.running.services import SERVICES
from tests.issuer import test_settings as settings_of

# What needs neither token nor session, and why that is right.
OPEN = {
    "/healthz": "probes",
    "/readyz": "probes",
    "/metrics": "Prometheus, on the inner network",
    "/openapi.json": "the API's document",
    "/docs": "the API's document",
    "/docs/<name>": "the API's document",
}
OPEN_GATEWAY = {
    "/oauth/token": "proves itself by its secret",
    "/.well-known/jwks.json": "public keys",
    "/sign-in": "where a session begins",
    "/sign-out": "ends whatever session there is",
    "/u/<token>": "the signed link is the authority",
    "/homes/<listing_id>": "homes on the market are for everybody",
    "/assets/<path:name>": "our stylesheets and scripts",
    "/brand/<agency_id>-<stamp>.css": "an agency's colour",
    "/homes/<listing_id>/picture.jpg": "the picture of a link to a home on the market",
    "/drawings/<name>.svg": "a drawing made of nothing but its address",
    "/look": "a language and a theme for this browser",
    "/me/sign-in": "where a prospect's session begins",
    "/me/sign-in/<token>": "the signed link is the authority",
    "/me/farewell": "says that somebody was forgotten, to whom there is no session any more",
    "/me/sign-out": "ends whatever session there is",
    "/sign-in/code": "the second step of signing in",
    "/welcome/<token>": "an invitation is the authority",
    "/mailbox": "local mode alone",
    "/mailbox/<key>": "local mode alone",
    "/mailbox/<key>/html": "local mode alone",
}


@pytest.fixture(scope="module", params=SERVICES)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    module = importlib.import_module(f"services.{request.param}.app")
    key = tmp_path_factory.mktemp(request.param) / "key.json"
    found: Flask = module.create_app(settings_of(signing_key_file=str(key)))
    return found


def views(app: Flask) -> list[tuple[str, Any]]:
    return [(rule.rule, app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules()]


def test_every_route_has_a_policy_of_roles_that_exist(app: Flask) -> None:
    for path, view in views(app):
        assert hasattr(view, "policy"), f"{path} says nothing of who may come in"
        roles = view.policy if view.policy is not None else getattr(view, "session_roles", frozenset())
        assert roles <= set(ROLES), path
        assert view.policy is None or roles, f"{path} lets nobody in"


def test_what_is_open_to_everybody_is_listed_here_with_its_reason(app: Flask) -> None:
    gateway = app.name == "services.gateway"
    allowed = {**OPEN, **(OPEN_GATEWAY if gateway else {})}
    found = {path for path, view in views(app) if view.policy is None and not hasattr(view, "session_roles")}
    assert found <= set(allowed)


def test_the_operator_reaches_nothing_with_personal_data(app: Flask) -> None:
    allowed = {"/v1/status", "/v1/agencies", "/v1/agencies/<agency>", "/", "/services", "/services/<service>/workers"}
    allowed |= {"/account", "/account/second-step", "/account/second-step/removal"}
    allowed |= {"/account/sessions/<short>/end", "/account/sessions/end-others"}
    allowed |= {"/v1/dead-entries", "/v1/dead-entries-done", "/dead", "/dead/<service>"}
    allowed |= {f"/v1/dead-entries/<entry_id>{action}" for action in ("", "/replay", "/discard")}
    allowed |= {f"/dead/<service>/<entry_id>{action}" for action in ("", "/replay", "/discard")}
    for path, view in views(app):
        roles = (view.policy or frozenset()) | getattr(view, "session_roles", frozenset())
        if "operator" in roles:
            assert path in allowed, path


def test_prospects_open_their_own_pages_and_nobody_else_does(app: Flask) -> None:
    for path, view in views(app):
        roles = getattr(view, "session_roles", frozenset())
        own = path == "/me" or path.startswith("/me/")
        assert ("prospect" in roles) == (own and path not in OPEN_GATEWAY), path
        assert "prospect" not in roles or roles == {"prospect"}, path
