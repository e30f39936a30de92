"""Checks over HTTP whether a service is ready."""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from deploy.local.complaint import Complaint


def status(url: str, seconds: float = 3) -> str:
    """The result of `/readyz`: `200`, another status code, or why there was no answer."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=seconds) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as error:
        return str(error.code)
    except OSError as error:
        return str(getattr(error, "reason", error))


async def wait(urls: Mapping[str, str], seconds: float) -> None:
    """Wait until every `/readyz` returns 200; raises Complaint with the failing ones and their last reply."""
    deadline = time.monotonic() + seconds
    waiting = dict(urls)
    while waiting:
        answers = {name: await asyncio.to_thread(status, url) for name, url in waiting.items()}
        waiting = {name: url for name, url in waiting.items() if answers[name] != "200"}
        if waiting and time.monotonic() > deadline:
            told = ", ".join(f"{name} ({answers[name]})" for name in waiting)
            raise Complaint(f"Not ready within {seconds:.0f} s: {told}. See .local/log/.")
        await asyncio.sleep(0.1 if waiting else 0)
