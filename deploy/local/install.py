"""Installs RabbitMQ from the system's packages where it is absent, without letting a system node start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import environment, rabbitmq
from deploy.local.complaint import Complaint

POLICY = Path("/usr/sbin/policy-rc.d")
FORBIDDEN = "#!/bin/sh\nexit 101\n"  # The code by which Debian's packages are told to start nothing.
PACKAGE = ("install", "-y", "--no-install-recommends", "rabbitmq-server")


def rabbitmq_server() -> Path:
    """The server's script, after installing its package where need be; raises Complaint where that cannot be done."""
    if found := rabbitmq.find():
        return found
    apt = shutil.which("apt-get")
    root = _root_prefix()
    if apt is None or root is None:
        raise Complaint(rabbitmq.NOT_FOUND)
    print("RabbitMQ is not installed: installing the package rabbitmq-server (no system service is started) ...")
    with _no_service_starts(root):
        _run([*root, apt, "update"])
        _run([*root, apt, *PACKAGE])
    if found := rabbitmq.find():
        return found
    raise Complaint(rabbitmq.NOT_FOUND)


def _root_prefix() -> list[str] | None:
    """What a command needs before it to run as root; None where there is no way without a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


@contextmanager
def _no_service_starts(root: list[str]) -> Iterator[None]:
    """Forbid packages to start services meanwhile; a policy that is there already is left as it is."""
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
    # With sudo the variable must travel on the command line; its policy may drop the environment.
    if words[0].endswith("sudo"):
        words = [*words[:2], "DEBIAN_FRONTEND=noninteractive", *words[2:]]
    done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    if done.returncode:
        raise Complaint(f"{' '.join(words)} failed with exit code {done.returncode}; see above.")
