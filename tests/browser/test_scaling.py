"""More workers by a button, under the launcher that people run; the page and `make scale` agree."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, expect

from deploy.local import leftovers
from deploy.local.checkout import Checkout
from tests.browser.town import PASSWORD, Account
from tests.browser.visitor import Visitor
from tests.integration.waiting import until
from tests.system.checkouts import copy_to, running

EMAIL = "operator@example.com"


def operator_of(checkout: Checkout) -> Account:
    """Somebody who runs the platform of this checkout."""
    secret = checkout.root / "password.txt"
    secret.write_text(PASSWORD)
    words = ["service", "gateway", "create-operator", "--email", EMAIL, "--password-file", str(secret)]
    subprocess.run([sys.executable, "-m", "deploy.local", *words], cwd=checkout.root, check=True, timeout=60)
    return Account("", EMAIL, "Operator", "operator")


def kept(checkout: Checkout, service: str) -> int:
    """How many workers of a service run, as `make scale` counts them."""
    return leftovers.programs(checkout).get(f"{service}-worker", 0)


def test_one_worker_more_and_one_fewer_by_the_button(chromium: Browser, tmp_path: Path) -> None:
    with running(copy_to(tmp_path / "one")) as launcher:
        url = launcher.wait_ready()["GATEWAY_URL"]
        visitor = Visitor(chromium, url)
        visitor.sign_in(operator_of(launcher.checkout))
        page = visitor.visit("/services?open=properties")
        expect(page.locator("#row-properties output")).to_have_text("1")
        page.locator("#more-properties").click()
        expect(page.locator("#row-properties output")).to_have_text("2")
        expect(page.locator("#sub-properties .it")).to_contain_text("properties-worker-2")
        assert kept(launcher.checkout, "properties") == 2
        door = launcher.checkout.root / launcher.checkout.door
        assert oct(door.stat().st_mode)[-3:] == "600"
        said = subprocess.run(
            [sys.executable, "-m", "deploy.local", "scale", "properties", "2"],
            cwd=launcher.checkout.root,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
        assert re.search(r"2 running, 2 wanted", said)
        page.locator("#less-properties").click()
        expect(page.locator("#row-properties output")).to_have_text("1")
        until(lambda: kept(launcher.checkout, "properties") == 1)
        expect(page.locator("#sub-properties .it")).not_to_contain_text("properties-worker-2")
        assert (visitor.axe(), visitor.complaints_left(), visitor.foreign) == ([], [], [])
        visitor.context.close()
