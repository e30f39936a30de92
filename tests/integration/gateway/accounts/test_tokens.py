"""Tokens for programs, and the keys they are checked with."""

import json
import stat
import threading
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.gateway.accounts.tokens import Tokens, prepare_keys
from shared.http.auth import Verifier
from shared.running.settings import BadSettings
from tests.integration.gateway.gateway_client import GatewayClient
from tests.issuer import test_settings as settings_of


def a_client(gateway: GatewayClient, agency_id: str, role: str = "agent") -> dict[str, str]:
    made = gateway.room.call("POST", "/v1/api-clients", "admin", agency_id, json={"name": "Site", "role": role}).json
    return {"client_id": made["client_id"], "client_secret": made["client_secret"]}


def ask(gateway: GatewayClient, form: dict[str, str], **more: Any) -> Any:
    return gateway.browser().post("/oauth/token", data={"grant_type": "client_credentials", **form}, **more)


def test_a_program_gets_a_token_that_services_accept(gateway: GatewayClient) -> None:
    made = gateway.agency()
    client = a_client(gateway, made["id"], "manager")
    answer = ask(gateway, client)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 3600)
    who = Verifier(gateway.room.settings).principal(answer.json["access_token"])
    assert (who.subject, who.role, who.agency_id) == (client["client_id"], "manager", made["id"])


def test_basic_authentication_does_as_well(gateway: GatewayClient) -> None:
    client = a_client(gateway, gateway.agency()["id"])
    basic = b64encode(f"{client['client_id']}:{client['client_secret']}".encode()).decode()
    answer = ask(gateway, {}, headers={"Authorization": f"Basic {basic}"})
    assert answer.status_code == 200, answer.json


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": ""}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "unsupported_grant_type"),
    ],
)
def test_a_refusal_speaks_oauth(gateway: GatewayClient, form: dict[str, str], status: int, error: str) -> None:
    client = a_client(gateway, gateway.agency()["id"])
    answer = ask(gateway, {**client, **form})
    assert (answer.status_code, answer.json["error"]) == (status, error)
    assert status != 401 or answer.headers["WWW-Authenticate"].startswith("Basic")


def test_a_revoked_program_gets_none(gateway: GatewayClient) -> None:
    agency_id = gateway.agency()["id"]
    client = a_client(gateway, agency_id)
    path = f"/v1/api-clients/{client['client_id']}/revocations"
    revoked = gateway.room.call("POST", path, "admin", agency_id)
    assert revoked.json["revoked_at"]
    again = gateway.room.call("POST", path, "admin", agency_id)
    assert again.json["revoked_at"] == revoked.json["revoked_at"]
    assert ask(gateway, client).status_code == 401


def test_guessing_a_secret_is_slowed_down_for_that_client_alone(gateway: GatewayClient) -> None:
    agency_id = gateway.agency()["id"]
    guessed, other = a_client(gateway, agency_id), a_client(gateway, agency_id)
    place = {"REMOTE_ADDR": "192.0.2.7"}
    answers = [ask(gateway, {**guessed, "client_secret": f"{n}"}, environ_base=place).status_code for n in range(11)]
    assert answers == [401] * 10 + [429]
    assert ask(gateway, guessed, environ_base=place).status_code == 429
    assert ask(gateway, other, environ_base=place).status_code == 200
    assert ask(gateway, guessed, environ_base={"REMOTE_ADDR": "192.0.2.8"}).status_code == 200


def test_the_public_keys_hold_nothing_private(gateway: GatewayClient) -> None:
    keys = gateway.browser().get("/.well-known/jwks.json").json["keys"]
    assert [key for key in keys if key["kid"] == Tokens(gateway.room.settings.signing_key_file)._key.kid]
    assert not [key for key in keys if "d" in key]


def test_setup_makes_the_key_once_however_many_do_it_at_the_same_time(tmp_path: Path) -> None:
    settings = settings_of(signing_key_file=str(tmp_path / "k" / "key.json"), jwks_file=str(tmp_path / "jwks.json"))
    threads = [threading.Thread(target=prepare_keys, args=(settings,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    key_file = Path(settings.signing_key_file)
    first = key_file.read_text()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    prepare_keys(settings)
    assert key_file.read_text() == first
    assert [key["kid"] for key in json.loads(Path(settings.jwks_file).read_text())["keys"]] == [
        json.loads(first)["kid"]
    ]
    assert sorted(path.name for path in (tmp_path / "k").iterdir()) == ["key.json"]


def test_a_new_key_leaves_tokens_of_the_old_one_good(tmp_path: Path, gateway: GatewayClient) -> None:
    settings = settings_of(signing_key_file=str(tmp_path / "a.json"), jwks_file=str(tmp_path / "jwks.json"))
    prepare_keys(settings)
    old = Tokens(settings.signing_key_file).of_contact("agency-a", "c1")
    newer = replace(settings, signing_key_file=str(tmp_path / "b.json"))
    verifier = Verifier(newer)
    assert verifier.principal(old).contact_id == "c1"
    prepare_keys(newer)
    verifier._read_at = 0.0
    assert verifier.principal(Tokens(newer.signing_key_file).of_contact("agency-a", "c2")).contact_id == "c2"
    assert Verifier(newer).principal(old).contact_id == "c1"


def test_setup_without_a_key_file_says_which_variable_is_missing() -> None:
    with pytest.raises(BadSettings, match="SIGNING_KEY_FILE"):
        prepare_keys(settings_of())
