"""Installs RabbitMQ and, for the tests, Chromium where they are absent; no system service is started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import browser, environment
from deploy.local.complaint import Complaint
from deploy.local.servers import rabbitmq

POLICY = Path("/usr/sbin/policy-rc.d")
FORBIDDEN = "#!/bin/sh\nexit 101\n"  # The code with which Debian's packages are forbidden to start services.
PACKAGE = ("install", "-y", "--no-install-recommends")


def rabbitmq_server() -> Path:
    """The server's script, after installing its package if needed; raises Complaint where that cannot be done."""
    if found := rabbitmq.find():
        return found
    print("RabbitMQ is not installed: installing the package rabbitmq-server (no system service is started) ...")
    if not _package("rabbitmq-server") or not (found := rabbitmq.find()):
        raise Complaint(rabbitmq.NOT_FOUND)
    return found


def chromium() -> Path:
    """The browser of the tests, after installing it if needed; raises Complaint where that fails."""
    if found := browser.find():
        return found
    print("Chromium is not installed: installing it for the tests ...")
    try:
        packaged = _package("chromium")
    except Complaint:
        # Ubuntu's package of that name installs a snap; Playwright's own browser does not.
        packaged = False
    if not packaged or not browser.find():
        _run([sys.executable, "-m", "playwright", "install", "chromium-headless-shell"])
    if found := browser.find():
        return found
    raise Complaint(browser.NOT_FOUND)


def _package(name: str) -> bool:
    """Install a system package; false where that is impossible."""
    apt, root = shutil.which("apt-get"), _root_prefix()
    if apt is None or root is None:
        return False
    with _no_service_starts(root):
        _run([*root, apt, "update"])
        _run([*root, apt, *PACKAGE, name])
    return True


def _root_prefix() -> list[str] | None:
    """The prefix that runs a command as root; None where that needs a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


@contextmanager
def _no_service_starts(root: list[str]) -> Iterator[None]:
    """Forbid packages to start services meanwhile; an existing policy stays unchanged."""
    if POLICY.exists():
        yield
        return
    try:
        subprocess.run([*root, "tee", str(POLICY)], input=FORBIDDEN, text=True, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*root, "chmod", "755", str(POLICY)], check=True)
        yield
    finally:
        subprocess.run([*root, "rm", "-f", str(POLICY)], check=True)


def _run(words: list[str]) -> None:
    env = environment.whole({"DEBIAN_FRONTEND": "noninteractive"})
    # With sudo the variable must be on the command line, since sudo may drop the environment.
    if words[0].endswith("sudo"):
        words = [*words[:2], "DEBIAN_FRONTEND=noninteractive", *words[2:]]
    done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    if done.returncode:
        raise Complaint(f"{' '.join(words)} failed with exit code {done.returncode}; see above.")
