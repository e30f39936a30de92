"""Makes an agency's colour readable."""

from __future__ import annotations

import re

FALLBACK = "#2347B0"
WHITE, BLACK = "#FFFFFF", "#000000"


def known_colour(colour: str) -> str:
    """The colour itself when it is #RRGGBB, else our own blue."""
    return colour if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) else FALLBACK


def readable_on(colour: str) -> str:
    """White or black, whichever has the better contrast: 4.5:1 or more on any background (WCAG 2 AA)."""
    luminance = _luminance(colour)
    return WHITE if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else BLACK


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
