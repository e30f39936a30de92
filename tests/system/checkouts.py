"""A second checkout beside this one, to run the launcher in as anybody would."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from deploy.local.checkout import Checkout
from deploy.local.processes import leftovers

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("deploy", "services", "shared")
START_SECONDS = 240
# A user that no machine has, so that every file of its is ours; where we are not root, we are one already.
ORDINARY_USER = 64123 if os.geteuid() == 0 else os.geteuid()


def copy_to(root: Path) -> Checkout:
    """A checkout with this one's sources and nothing that running has made but bytecode; it uses our libraries."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder)
    return Checkout(root)


def ordinary_python(folder: Path) -> Sequence[str]:
    """Give the folder to an ordinary user, and the words that start Python as that user."""
    if os.geteuid() != 0:
        return (sys.executable,)
    python = _python_for_everybody(folder)
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, ORDINARY_USER, ORDINARY_USER, follow_symlinks=False)
    return ("setpriv", f"--reuid={ORDINARY_USER}", f"--regid={ORDINARY_USER}", "--clear-groups", str(python))


def _python_for_everybody(folder: Path) -> Path:
    """An interpreter that others may start, with our libraries: root's own often lies in root's home."""
    version = f"python3.{sys.version_info.minor}"
    if not sys.base_prefix.startswith(str(Path("~root").expanduser())):
        return Path(sys.executable)
    base = shutil.which(version, path=os.defpath)
    assert base, f"root's Python is root's alone here, and there is no {version} for everybody"
    venv = folder / "python"
    subprocess.run([base, "-m", "venv", "--without-pip", venv], check=True)
    site = venv / "lib" / version / "site-packages"
    (site / "ours.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return venv / "bin" / "python"


@dataclass
class Launcher:
    """`make run` in a checkout, without make."""

    checkout: Checkout
    python: Sequence[str] = (sys.executable,)
    options: Sequence[str] = ()
    said: Path = field(init=False)
    _child: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it; see wait_ready."""
        self.said = self.checkout.root / "said.txt"
        env = {"PATH": os.defpath, "HOME": str(self.checkout.root)}
        with self.said.open("wb") as said:
            self._child = subprocess.Popen(
                [*self.python, "-m", "deploy.local", "run", *self.options],
                cwd=self.checkout.root,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def wait_ready(self) -> dict[str, str]:
        """Wait for demo.env; its variables. Fails with what the launcher said when it ends instead."""
        deadline = time.monotonic() + START_SECONDS
        while not self.checkout.demo_env.exists():
            assert self._child.poll() is None, self.said.read_text()
            assert time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.1)
        return read_variables(self.checkout.demo_env)

    def family(self) -> list[psutil.Process]:
        """All processes of the checkout, the launcher and grandchildren among them."""
        return [process for family in leftovers.processes(self.checkout).values() for process in family]

    def signal(self, number: signal.Signals) -> None:
        """Send the launcher itself a signal."""
        launcher = leftovers.launcher(self.checkout)
        assert launcher is not None
        launcher.send_signal(number)

    def wait_end(self) -> int:
        """Wait until it has ended; its exit code."""
        return self._child.wait(timeout=30)


@contextmanager
def running(
    checkout: Checkout, python: Sequence[str] = (sys.executable,), with_demo: bool = False
) -> Iterator[Launcher]:
    """The launcher in a checkout, stopped in any case; without demo data unless asked, which takes long."""
    launcher = Launcher(checkout, python, () if with_demo else ("--empty",))
    launcher.start()
    try:
        yield launcher
    finally:
        if leftovers.launcher(checkout):
            launcher.signal(signal.SIGTERM)
        launcher.wait_end()
        leftovers.end(checkout)


def read_variables(path: Path) -> dict[str, str]:
    """A file of shell variables, read by a shell."""
    names = [line.partition("=")[0] for line in path.read_text().splitlines()]
    script = f". {path}\n" + "".join(f'printf "%s\\n" "${name}"\n' for name in names)
    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout.splitlines()
    return dict(zip(names, said, strict=True))
