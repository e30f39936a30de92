"""Somebody at a browser: visits pages, signs in, and hears of everything that the browser complains about."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize, expect

from deploy.local import plan
from tests.browser.running_system import PASSWORD, Account

AXE = plan.root() / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
PATIENCE = 30_000
REFUSED = re.compile(r"the server responded with a status of (\d+)")


class Visitor:
    """One browser context: a device, a language, a theme; `page` is its tab."""

    def __init__(self, browser: Browser, url: str, device: str = "desktop", language: str = "en") -> None:
        self.url, self.device, self.language = url, device, language
        phone = device == "phone"
        self.context: BrowserContext = browser.new_context(
            base_url=url,
            viewport=SIZES[device],
            is_mobile=phone,
            has_touch=phone,
            locale={"en": "en-GB", "pt": "pt-PT"}.get(language, language),
            timezone_id="Europe/Madrid",
            color_scheme="light",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        # a form that is shown again with its faults is an answer like any other
        self._expected: set[str] = {"422"}
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("request", self._see)
        self.page: Page = self.context.new_page()

    def sign_in(self, who: Account, password: str = PASSWORD) -> None:
        """Fill in the form as a person does."""
        self.visit("/sign-in")
        self.page.locator("#email").fill(who.email)
        self.page.locator("#password").fill(password)
        self.page.locator("#password").press("Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def visit(self, path: str) -> Page:
        """Open a page of ours."""
        self.page.goto(path)
        return self.page

    def expects(self, *told: str | int) -> None:
        """Let the browser complain of this from now on: a status, or a piece of its words."""
        self._expected |= {str(each) for each in told}

    def complaints_left(self) -> list[str]:
        """What the browser complained of and nobody expected."""
        return [each for each in self.complaints if not any(_says(each, told) for told in self._expected)]

    def axe(self, without: str = "") -> list[str]:
        """What axe finds in the page as it stands, light and dark; `without` is a selector to leave aside."""
        found = []
        for shade in ("light", "dark"):
            self.page.emulate_media(color_scheme=shade, reduced_motion="reduce")  # type: ignore[arg-type]
            found += [f"{shade}, {line}" for line in self._violations(without)]
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        return found

    def is_too_wide(self) -> bool:
        """Whether the page must be moved sideways to be read."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"))

    def goes_offline(self) -> None:
        """Lose every connection, the open ones too."""
        self.expects("ERR_INTERNET_DISCONNECTED")
        self.context.set_offline(True)

    def comes_back(self) -> None:
        """Have a network again."""
        self.context.set_offline(False)

    def slow_line(self, milliseconds: int = 400) -> None:
        """Let every answer take this much longer from now on."""
        told = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
        self.context.new_cdp_session(self.page).send("Network.emulateNetworkConditions", told)

    def _violations(self, without: str) -> list[str]:
        page = self.page
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(AXE.read_text())
        context = {"include": [["html"]], "exclude": [[without]] if without else []}
        options = {"runOnly": RULES, "resultTypes": ["violations"]}
        script = f"axe.run({json.dumps(context)}, {json.dumps(options)}).then((found) => found.violations)"
        return [_told(each) for each in page.evaluate(script)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != urlsplit(self.url).hostname:
            self.foreign.append(request.url)


def keep_picture(visitor: Visitor, folder: Path | None, name: str) -> None:
    """Take a picture of what is on the screen, where pictures are kept."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=folder / f"{name}.png", animations="disabled")


def _says(complaint: str, told: str) -> bool:
    status = REFUSED.search(complaint)
    return status[1] == told if told.isdigit() and status else told in complaint and not told.isdigit()


def _told(violation: dict[str, Any]) -> str:
    node = violation["nodes"][0]
    why = "; ".join(each["message"] for kind in ("any", "all", "none") for each in node[kind])
    return f"{violation['id']} ({len(violation['nodes'])}): {node['html'][:200]} {why[:300]}"
