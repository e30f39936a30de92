"""Drawn stand-ins for homes without a photograph: flat architectural scenes, always the same for the same home."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 480
GROUND = 410
SKIES = (("#9DC4E2", "#F4E9D8"), ("#8FC0E6", "#F3EEE2"), ("#B2D0E4", "#F1F0E6"), ("#A7C7E0", "#F2EFE8"))
LEAVES = ("#6F9163", "#7FA070", "#5F7F55", "#89AB78")
ROOMED = {"apartment", "office", "retail"}


@dataclass(frozen=True)
class Style:
    """The colours of a region's houses."""

    walls: tuple[str, ...]
    trims: tuple[str, ...]
    shutters: tuple[str, ...]
    roofs: tuple[str, ...]
    doors: tuple[str, ...]


IBERIA = Style(
    ("#F1E2C6", "#E7A796", "#F4EADB", "#EBD9A6"),
    ("#FBF6EA", "#F8F3E8"),
    ("#4F7A6B", "#2E5C7A", "#7A2E2A"),
    ("#B4694A", "#B4563D"),
    ("#4A3527", "#2F4F3F", "#3F4F6A"),
)
ALPS = Style(
    ("#EBD9A6", "#F3EFE4", "#E3CFA9", "#DDBBA0"),
    ("#FBF8F0",),
    ("#7D8F6F", "#5B7F72"),
    ("#A8573F", "#8A5A44"),
    ("#5A3B2C", "#2F5A4A"),
)
BRITAIN = Style(
    ("#E8B9A0", "#8FB3C9", "#F0DDB0", "#B8C9A9", "#C98E63"),
    ("#FBFAF7",),
    ("#24485C", "#3B3A5A"),
    ("#6E6A70", "#5D5A60"),
    ("#24485C", "#7A2E2A", "#2F4F3F", "#A56A1F"),
)
NORTH = Style(
    ("#D98F52", "#C9663F", "#E5B66A", "#E9CBA0", "#B9523B"),
    ("#FBFAF7", "#F3EBD9"),
    ("#47525A", "#5E7F73"),
    ("#4E4B4A", "#47525A"),
    ("#3B3938", "#2F4F3F"),
)
STYLES = {"ES": IBERIA, "PT": IBERIA, "SI": ALPS, "GB": BRITAIN, "SE": NORTH}


def draw(kind: str, key: str, country: str = "") -> str:
    """An SVG of some kilobytes; `kind` a property_sub_type, `country` ISO 3166."""
    dice = random.Random(zlib.crc32(key.encode()))
    style = STYLES.get(country) or dice.choice((IBERIA, ALPS, BRITAIN, NORTH))
    parts = _sky(dice)
    if kind == "unimproved_land":
        parts += _fields(dice)
    elif kind in ROOMED or kind in ("", "home", "condominium"):
        parts += [*_street(), *_facade(dice, style, office=kind == "office")]
    elif kind == "townhouse":
        parts += [*_street(), *_row(dice, style)]
    else:
        parts += [*_lawn(dice), *_house(dice, style), *_fence(dice)]
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="xMidYMid slice">{body}</svg>'
    )


def _rect(x: float, y: float, w: float, h: float, fill: str, round_: float = 0, opacity: float = 1) -> str:
    more = (f' rx="{round_}"' if round_ else "") + (f' opacity="{opacity}"' if opacity != 1 else "")
    return f'<rect x="{x:.0f}" y="{y:.0f}" width="{w:.0f}" height="{h:.0f}" fill="{fill}"{more}/>'


def _shape(points: list[tuple[float, float]], fill: str, opacity: float = 1) -> str:
    placed = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    return f'<polygon points="{placed}" fill="{fill}"' + (f' opacity="{opacity}"' if opacity != 1 else "") + "/>"


def _dot(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{fill}"/>'


def _sky(dice: random.Random) -> list[str]:
    high, low = dice.choice(SKIES)
    ramp = f'<stop offset="0" stop-color="{high}"/><stop offset="1" stop-color="{low}"/>'
    parts = [f'<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">{ramp}</linearGradient></defs>']
    parts.append(_rect(0, 0, WIDTH, HEIGHT, "url(#sky)"))
    for _ in range(dice.randint(1, 3)):
        parts.append(_cloud(dice.uniform(60, 660), dice.uniform(36, 110), dice.uniform(0.7, 1.3)))
    return parts


def _cloud(x: float, y: float, size: float) -> str:
    puffs = ((0, 0, 60, 13), (-18, -10, 26, 14), (16, -14, 32, 18))
    drawn = "".join(
        f'<ellipse cx="{x + dx * size:.0f}" cy="{y + dy * size:.0f}" rx="{w * size:.0f}" ry="{h * size:.0f}"/>'
        for dx, dy, w, h in puffs
    )
    return f'<g fill="#fff" opacity=".6">{drawn}</g>'


def _tree(dice: random.Random, x: float, y: float, size: float) -> list[str]:
    trunk = _rect(x - 3 * size, y - 40 * size, 6 * size, 42 * size, "#6B5140")
    crown = [
        _dot(x + dice.uniform(-26, 26) * size, y - dice.uniform(38, 86) * size, dice.uniform(14, 24) * size, leaf)
        for leaf in dice.choices(LEAVES, k=9)
    ]
    return [trunk, *crown]


def _window(x: float, y: float, w: float, h: float, trim: str, shutter: str | None = None) -> list[str]:
    parts = [_rect(x - 5, y - 5, w + 10, h + 10, trim), _rect(x, y, w, h, "#6F8797")]
    parts.append(_shape([(x, y + h * 0.75), (x + w * 0.75, y), (x + w, y), (x, y + h)], "#9FB3BE", 0.5))
    parts += [_rect(x + w / 2 - 1, y, 3, h, trim), _rect(x, y + h / 2 - 1, w, 3, trim)]
    parts.append(_rect(x - 8, y + h + 5, w + 16, 5, trim))
    if shutter:
        leaf = w * 0.42
        parts += [_rect(side, y - 2, leaf, h + 4, shutter, 1) for side in (x - 5 - leaf, x + w + 5)]
    return parts


def _door(x: float, base: float, w: float, h: float, trim: str, leaf: str) -> list[str]:
    return [
        _rect(x - 10, base - h - 22, w + 20, 12, trim, 1),
        _rect(x - 7, base - h - 8, w + 14, h + 8, trim),
        _rect(x, base - h, w, h, leaf),
        _rect(x + 5, base - h + 8, w - 10, h * 0.34, "#8FA8B8", 1),
        _rect(x + 5, base - h * 0.5, w - 10, h * 0.4, "#000", 1, 0.12),
        _dot(x + w - 8, base - h * 0.42, 3, "#E2BE6B"),
        _rect(x - 14, base - 6, w + 28, 8, "#CFC7BB"),
    ]


def _street() -> list[str]:
    return [
        _rect(0, GROUND, WIDTH, HEIGHT - GROUND, "#CFC7BB"),
        _rect(0, GROUND, WIDTH, 10, "#E5DED2"),
        _rect(0, GROUND + 42, WIDTH, 30, "#A9A298"),
    ]


def _facade(dice: random.Random, style: Style, office: bool = False) -> list[str]:
    floors, bays = dice.randint(3, 5), dice.randint(4, 6)
    left, width = 110.0, 500.0
    right, top = left + width, GROUND - 62.0 * floors - 30
    wall, trim = dice.choice(style.walls), dice.choice(style.trims)
    parts = [_rect(x, top + lower, 130, GROUND - top - lower, "#C9C3B8") for x, lower in ((-14, 40), (604, 20))]
    roof = [(left - 12, top), (left + 20, top - 34), (right - 20, top - 34), (right + 12, top)]
    parts += [_shape(roof, dice.choice(style.roofs)), _rect(left, top, width, GROUND - top, wall)]
    parts.append(_rect(left - 8, top - 4, width + 16, 10, trim))
    shutter = None if office or dice.random() < 0.4 else dice.choice(style.shutters)
    middle, step = dice.randrange(bays), width / bays
    for floor in range(floors):
        for bay in range(bays):
            x, y = left + step * (bay + 0.5) - 17, top + 22 + 62 * floor
            if floor == floors - 1 and bay == middle:
                parts += _door(x - 4, GROUND, 42, 66, trim, dice.choice(style.doors))
                continue
            parts += _window(x, y, 34, 40, trim, shutter)
            if floor < floors - 1 and (bay + floor) % 3 == 1:
                parts += _balcony(x - 14, y + 36, 62)
    parts.append(_rect(right - 120, top, 120, GROUND - top, "#000", 0, 0.05))
    return [*parts, *_tree(dice, 60, GROUND + 12, 1.2), *_tree(dice, 668, GROUND + 12, 1.0)]


def _balcony(x: float, y: float, w: float) -> list[str]:
    bars = [_rect(x + n * w / 8, y - 16, 2, 18, "#34322E") for n in range(9)]
    return [_rect(x - 3, y, w + 8, 5, "#E8E0D2"), _rect(x, y - 18, w + 2, 3, "#34322E"), *bars]


def _row(dice: random.Random, style: Style) -> list[str]:
    parts: list[str] = []
    width = 144.0
    for n in range(5):
        x, top = n * width, 190 + dice.uniform(-14, 14)
        wall, trim = style.walls[(n + dice.randrange(2)) % len(style.walls)], dice.choice(style.trims)
        parts += [_shape([(x - 2, top), (x + width / 2, top - 62), (x + width + 2, top)], dice.choice(style.roofs))]
        parts += [_rect(x, top, width, GROUND - top, wall), _rect(x + width - 30, top - 66, 18, 50, "#A9694F")]
        parts += [*_window(x + 20, top + 26, 36, 50, trim), *_window(x + 86, top + 26, 36, 50, trim)]
        parts += [
            *_window(x + 20, GROUND - 88, 44, 54, trim),
            *_door(x + 92, GROUND, 32, 84, trim, dice.choice(style.doors)),
        ]
        parts.append(_rect(x + width - 2, top, 2, GROUND - top, "#000", 0, 0.12))
    return [*parts, *_tree(dice, 80, GROUND + 26, 0.9), *_tree(dice, 600, GROUND + 26, 1.0)]


def _lawn(dice: random.Random) -> list[str]:
    hills = f'<path d="M-10 300 Q180 {dice.randint(210, 260)} 380 270 T740 250 V430 H-10Z" fill="#B9C9A6"/>'
    return [hills, _rect(0, GROUND - 6, WIDTH, HEIGHT - GROUND + 6, "#9DB982")]


def _house(dice: random.Random, style: Style) -> list[str]:
    wall, trim, roof = dice.choice(style.walls), dice.choice(style.trims), dice.choice(style.roofs)
    shutter = dice.choice([None, *style.shutters])
    left, width, top = dice.uniform(130, 200), 380.0, 226.0
    right = left + width
    parts = [*_tree(dice, left - 50, GROUND, 1.7), _rect(right - 90, top - 110, 30, 70, "#A9694F")]
    parts += [_shape([(left - 24, top), (left + 70, top - 104), (right - 70, top - 104), (right + 24, top)], roof)]
    parts += [_rect(left, top, width, GROUND - top, wall), _rect(left - 14, top - 4, width + 28, 10, trim)]
    for n in range(4):
        x = left + 30 + n * 90
        parts += _window(x, top + 24, 44, 50, trim, shutter)
        parts += (
            _door(x, GROUND, 46, 84, trim, dice.choice(style.doors))
            if n == 1
            else _window(x, top + 112, 44, 46, trim, shutter)
        )
    path = _shape([(left + 118, GROUND), (left + 168, GROUND), (left + 210, HEIGHT), (left + 80, HEIGHT)], "#E5D9C4")
    return [*parts, path, *_tree(dice, right + 70, GROUND + 10, 1.4)]


def _fence(dice: random.Random) -> list[str]:
    blooms = [
        _dot(dice.uniform(0, WIDTH), dice.uniform(GROUND, GROUND + 22), dice.uniform(3, 6), colour)
        for colour in dice.choices(("#6C8B5A", "#C86B7E", "#E3B25A", "#F1E4EE"), k=34)
    ]
    posts = [_rect(x, GROUND + 26, 6, 40, "#F6F1E7") for x in range(-6, WIDTH, 20)]
    return [*blooms, *posts, _rect(0, GROUND + 36, WIDTH, 4, "#F6F1E7"), _rect(0, GROUND + 54, WIDTH, 4, "#F6F1E7")]


def _fields(dice: random.Random) -> list[str]:
    parts = []
    for n, colour in enumerate(("#B9C9A6", "#A8BF90", "#C9BE8A", "#9DB982")):
        y = 250 + n * 52
        bend = dice.randint(-40, 40)
        parts.append(f'<path d="M-10 {y} Q200 {y + bend} 380 {y} T740 {y - bend // 2} V490 H-10Z" fill="{colour}"/>')
    for _ in range(dice.randint(3, 6)):
        parts += _tree(dice, dice.uniform(30, 690), dice.uniform(300, 400), dice.uniform(0.6, 1.1))
    stakes = [_rect(x, 396, 5, 46, "#8A6B4E") for x in (150, 330, 510, 640)]
    return [*parts, *stakes, _rect(150, 404, 494, 3, "#8A6B4E"), _rect(150, 420, 494, 3, "#8A6B4E")]
