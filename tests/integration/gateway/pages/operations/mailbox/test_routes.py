"""The mail that a local installation caught, as a page."""

from dataclasses import replace
from email.message import EmailMessage
from mailbox import Maildir
from pathlib import Path

import pytest

from tests.integration.gateway.gateway_client import GatewayClient, open_gateway


@pytest.fixture
def mail_dir(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def gateway(mongo_url: str, mongo_prefix: str, amqp_url: str, tmp_path: Path, mail_dir: Path) -> GatewayClient:
    return open_gateway(tmp_path, mongo_url, mongo_prefix, amqp_url, mail_dir=str(mail_dir))


def a_mail(folder: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "hola@example.com", "ana@example.com", "Nuevo <piso>"
    mail.set_content("En Cádiz")
    mail.add_alternative("<p>En Cádiz<script>alert(1)</script></p>", subtype="html")
    Maildir(folder).add(mail)


def test_a_caught_mail_is_listed_and_its_html_shown_in_a_sandbox(gateway: GatewayClient, mail_dir: Path) -> None:
    browser = gateway.browser()
    assert "No e-mails yet" in browser.get("/mailbox").text
    a_mail(mail_dir)
    page = browser.get("/mailbox").text
    assert "Nuevo &lt;piso&gt;" in page
    address = page.split('href="/mailbox/')[1].split('"')[0]
    mail = browser.get(f"/mailbox/{address}")
    assert 'sandbox="allow-popups"' in mail.text
    assert "frame-src 'self'" in mail.headers["Content-Security-Policy"]
    assert "<script>alert" not in mail.text
    html = browser.get(f"/mailbox/{address}/html")
    assert "<script>alert" in html.text
    policy = html.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert html.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("key", ["none", "..%2f..%2fetc%2fpasswd"])
def test_another_key_is_no_mail(gateway: GatewayClient, key: str) -> None:
    assert gateway.browser().get(f"/mailbox/{key}").status_code == 404
    assert gateway.browser().get(f"/mailbox/{key}/html").status_code == 404


def test_another_catcher_is_pointed_to(gateway: GatewayClient) -> None:
    lintel = gateway.room.client.application.extensions["lintel"]
    lintel["settings"] = replace(lintel["settings"], mailbox_url="http://127.0.0.1:8025/")
    assert 'href="http://127.0.0.1:8025/"' in gateway.browser().get("/mailbox").text


def test_an_installation_that_sends_its_mail_has_no_mailbox(
    mongo_url: str, mongo_prefix: str, amqp_url: str, tmp_path: Path, mail_dir: Path
) -> None:
    a_mail(mail_dir)
    gateway = open_gateway(tmp_path, mongo_url, mongo_prefix, amqp_url, mail_dir=str(mail_dir), mode="production")
    assert gateway.browser().get("/mailbox").status_code == 404
