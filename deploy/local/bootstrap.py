"""Makes `.venv` with the locked libraries and copies the pages' npm packages; needs nothing but Python 3.11 or later.

It runs before any library is there and under whatever `python3` is, so: standard library only, and old syntax.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "lintel.lock.sha256"
OLDEST = (3, 11)
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "-r")


def main():
    """Create or renew `.venv` unless it matches the lock."""
    if sys.version_info < OLDEST:
        _hand_over()
    os.chdir(str(ROOT))
    (ROOT / ".local").mkdir(exist_ok=True)
    with (ROOT / ".local" / "bootstrap.lock").open("w") as lock:
        _wait_for(lock)
        if not _is_current():
            _check()
            _make()
        _copy_assets()
    _check_curl()


def _hand_over():
    """Restart under a later Python, where this one is too old and another is on PATH."""
    for minor in range(14, OLDEST[1] - 1, -1):
        later = shutil.which(f"python3.{minor}")
        if later:
            os.execv(later, [later, __file__])
    sys.exit(f"Lintel needs Python 3.11 or later; this is {sys.version.split()[0]}.")


def _wait_for(lock):
    import fcntl

    fcntl.flock(lock, fcntl.LOCK_EX)


def _is_current():
    return STAMP.exists() and STAMP.read_text() == _wanted() and (VENV / "bin" / "python").exists()


def _wanted():
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def _check():
    try:
        import ensurepip
        import venv
    except ImportError:
        sys.exit(f"Python's ensurepip is missing: install the package python3.{sys.version_info[1]}-venv.")
    del ensurepip, venv


def _make():
    print("Making .venv from requirements.lock (once; some 350 MB to fetch at most) ...", flush=True)
    STAMP.unlink(missing_ok=True)
    for words in ([sys.executable, "-m", "venv", str(VENV)], [str(VENV / "bin" / "python"), *PIP, str(LOCK)]):
        done = subprocess.run(words, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(words)} failed with exit code {done.returncode}; see above.")
    STAMP.write_text(_wanted())


def _copy_assets():
    """Copy the packages that pages use; prints nothing when they are there."""
    done = subprocess.run([str(VENV / "bin" / "python"), "-m", "deploy.assets"], stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def _check_curl():
    """The development package's mongod needs this library; a mongod of the system brings its own."""
    if os.environ.get("MONGO_URL") or os.environ.get("MONGOD_BIN") or shutil.which("mongod"):
        return
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL("libcurl.so.4")
    except OSError:
        sys.exit("The library libcurl.so.4 is missing, which mongod needs: install the package libcurl4.")


if __name__ == "__main__":
    main()
