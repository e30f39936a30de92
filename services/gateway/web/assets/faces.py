"""Initials and a colour for a person without a photograph."""

from __future__ import annotations

import re
import zlib

from flask import Flask

FACES = 6


def register(app: Flask) -> None:
    """Give the templates initials and colours."""
    app.jinja_env.filters.update(initials=initials, face=face)


def initials(name: str | None) -> str:
    """Two letters for somebody."""
    words = [word for word in re.split(r"[\s-]+", name or "") if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


def face(name: str | None) -> str:
    """One of the colours that faces have, always the same for the same name."""
    return f"f{zlib.crc32((name or '').encode()) % FACES}"
