"""An agency's colour made readable: hue and chroma kept, lightness moved until contrasts hold in both themes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from math import atan2, cos, hypot, sin

TEXT = 4.5
LIGHT, DARK = "#FFFFFF", "#1B1A17"
Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Shades:
    """What one theme needs of a colour, as #RRGGBB."""

    accent: str
    hover: str
    on_accent: str
    soft: str
    ink: str
    line: str


def shades(colour: str) -> tuple[Shades, Shades]:
    """The colour for the light and for the dark theme."""
    own = _oklch(colour)[0]
    darker = [max(min(own, 0.55) - n / 100, 0.0) for n in range(56)]
    lighter = [min(max(own, 0.72) + n / 100, 1.0) for n in range(29)]
    light = _first(colour, darker, lambda c: contrast(c, LIGHT) >= TEXT + 0.6)
    dark = _first(colour, lighter, lambda c: contrast(c, DARK) >= TEXT + 2)
    return (
        Shades(light, _with(light, -0.08), "#FFFFFF", _tint(light, 0.955), _with(light, -0.05), _tint(light, 0.87)),
        Shades(dark, _with(dark, 0.06), _tint(dark, 0.23), _tint(dark, 0.27), _with(dark, 0.01), _tint(dark, 0.42)),
    )


def stylesheet(colour: str) -> str:
    """The tokens that replace ours."""
    light, dark = shades(colour)
    names = {"accent": "accent", "hover": "accent-hover", "on_accent": "on-accent", "soft": "asoft", "ink": "aink"}
    names |= {"line": "aline"}
    lines = [f"  --{name}: light-dark({getattr(light, at)}, {getattr(dark, at)});" for at, name in names.items()]
    brand = f"  --brand: light-dark({light.accent}, {dark.accent});"
    return ":root {\n" + "\n".join([brand, *lines]) + "\n}\n"


def stamp(colour: str) -> str:
    """Part of the stylesheet's address, so that a browser may keep it for ever."""
    return hashlib.sha256(stylesheet(colour).encode()).hexdigest()[:10]


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _first(colour: str, lightnesses: list[float], holds: Callable[[str], bool]) -> str:
    _, chroma, hue = _oklch(colour)
    shown = [_hex(lightness, chroma, hue) for lightness in lightnesses]
    return next((each for each in shown if holds(each)), shown[-1])


def _with(colour: str, more: float) -> str:
    lightness, chroma, hue = _oklch(colour)
    return _hex(min(max(lightness + more, 0.0), 1.0), chroma, hue)


def _tint(colour: str, lightness: float) -> str:
    _, chroma, hue = _oklch(colour)
    # so pale a ground looks garish with more
    return _hex(lightness, min(chroma, 0.018 if lightness > 0.9 else 0.05), hue)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Rgb:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def _oklch(colour: str) -> tuple[float, float, float]:
    """Björn Ottosson's OKLab in polar form."""
    r, g, b = _linear(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """The colour, with less chroma where a screen cannot show that much."""
    for n in range(21):
        parts = _srgb(lightness, chroma * (1 - n / 20), hue)
        if all(-0.0005 <= part <= 1.0005 for part in parts):
            break
    shown = (_encoded(min(max(part, 0.0), 1.0)) for part in parts)
    return "#" + "".join(f"{round(part * 255):02X}" for part in shown)


def _encoded(part: float) -> float:
    return float(12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)


def _srgb(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
