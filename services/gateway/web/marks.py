"""What templates draw with: icons, faces, the beam's segments, figures in sentences."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import phonenumbers
from flask import Flask
from markupsafe import Markup, escape

from services.gateway.web import assets

# what stands out in a sentence: an amount or a measure with its sign, unit and separators
FIGURE = re.compile(
    r"(?:[+\u2212-]?[€£$]\s?)?\d[\d.,\u00a0\u202f ]*\d?(?:[\u00a0 ]?(?:%|€|£|\$|kr|EUR|GBP|SEK|USD|m²|m2|km|m)(?!\w))?"
)
FACES = 6


def register_marks(app: Flask) -> None:
    """Give the templates their marks."""
    app.jinja_env.globals.update(icon=icon, segments=segments)
    app.jinja_env.filters.update(figures=figures, initials=initials, face=face, phone=phone)


def icon(name: str, classes: str = "", label: str = "") -> Markup:
    """An icon by name; told to readers only with a label."""
    told = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    href = f"{assets.address('vendor/icons.svg')}#{name.replace('/', '-')}"
    return Markup('<svg class="i {}" {}><use href="{}"/></svg>').format(classes, told, href)


def figures(text: str) -> Markup:
    """A sentence with its figures set bold."""
    parts, last = [], 0
    for found in FIGURE.finditer(text):
        figure = found[0].rstrip(" .,\u00a0\u202f")
        parts += [escape(text[last : found.start()]), Markup("<b>{}</b>").format(figure)]
        last = found.start() + len(figure)
    return Markup("").join([*parts, escape(text[last:])])


def initials(name: str | None) -> str:
    """Two letters for somebody."""
    words = [word for word in re.split(r"[\s-]+", name or "") if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


def phone(number: str | None) -> str:
    """A telephone number in the groups that people read it in."""
    if not number:
        return ""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number


def face(name: str | None) -> str:
    """One of the colours that faces have, always the same for the same name."""
    return f"f{zlib.crc32((name or '').encode()) % FACES}"


def segments(beam: Iterable[Mapping[str, Any]], width: float, gap: float = 2.0) -> list[dict[str, Any]]:
    """The drawn parts of a beam: x and width of the track, of the points got and of what is not stated.

    Each criterion has `weight`, `share` of its points (0-1), `known` (0-1 of its weight) and `state`.
    """
    given = list(beam)
    weight = sum(float(each["weight"]) for each in given)
    room = width - gap * max(len(given) - 1, 0)
    drawn, x = [], 0.0
    for each in given:
        whole = room * float(each["weight"]) / weight if weight else 0.0
        known = whole * float(each.get("known", 1))
        got = known * float(each["share"])
        drawn.append(
            {**each, "x": round(x, 2), "width": round(whole, 2), "got": round(got, 2), **_unstated(x, whole, known)}
        )
        x += whole + gap
    return drawn


def _unstated(x: float, whole: float, known: float) -> dict[str, float]:
    return {"open_x": round(x + known, 2), "open_width": round(whole - known, 2)}
