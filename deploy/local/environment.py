"""The launcher's own environment variables; services read their own settings."""

from __future__ import annotations

import os
from collections.abc import Mapping

PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER", "LOGNAME", "SSL_CERT_FILE", "LD_LIBRARY_PATH")


def given(name: str) -> str | None:
    """The value of a variable, None when unset or empty."""
    return os.environ.get(name) or None


def bare(**extra: str) -> dict[str, str]:
    """A small environment for a child: path, language and the given variables; nothing else is passed on."""
    kept = {name: value for name in PASSED_ON if (value := os.environ.get(name)) is not None}
    return {"PATH": os.defpath, "LANG": "C.UTF-8", **kept, **extra}


def whole(extra: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment with additions, for tools that need proxies and certificates (pip, apt)."""
    return {**os.environ, **extra}
