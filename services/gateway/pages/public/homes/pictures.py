"""The picture that a shared link shows: the home's drawing, its price and its facts, as a JPEG made here."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
DRAWN = (720, 480)
SHEET, INK, SECOND = "#FAF9F7", "#1C1A17", "#514D46"
SCENE, EDGE = 724, 48
Font = ImageFont.FreeTypeFont
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Words:
    """What stands beside the drawing."""

    price: str
    title: str
    line: str
    agency: str


def share_picture(drawing: str, words: Words, colour: str, fonts: Path) -> bytes:
    """1200 x 630 pixels: the drawing at the left, the words beside it."""
    sheet = Image.new("RGB", SIZE, SHEET)
    scene = painted(drawing, SIZE[1] / DRAWN[1])
    left = (scene.width - SCENE) // 2
    sheet.paste(scene.crop((left, 0, left + SCENE, SIZE[1])), (0, 0))
    brush = ImageDraw.Draw(sheet)
    brush.rectangle((SCENE, 0, SCENE + 7, SIZE[1]), fill=colour)
    at = _lines(brush, 72, words.agency, 30, 600, colour, fonts)
    at = _lines(brush, at + 70, words.price, _fitting(words.price, (56, 48, 40, 32), 650, fonts), 650, INK, fonts)
    at = _lines(brush, at + 18, words.title, 32, 560, INK, fonts)
    _lines(brush, at + 12, words.line, 30, 450, SECOND, fonts)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()


def _fitting(text: str, sizes: tuple[int, ...], weight: int, fonts: Path) -> int:
    """The largest of these sizes in which a text stands in one line."""
    room = SIZE[0] - SCENE - 2 * EDGE
    widths = {size: sum(font.getlength(part) for part, font in _runs(text, size, weight, fonts)) for size in sizes}
    return next((size for size in sizes if widths[size] <= room), sizes[-1])


def _lines(brush: ImageDraw.ImageDraw, y: float, text: str, size: int, weight: int, fill: str, fonts: Path) -> float:
    """Words in at most three lines beside the drawing; where the next ones may begin."""
    room, line, shown = SIZE[0] - SCENE - 2 * EDGE, "", []
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and sum(font.getlength(part) for part, font in _runs(longer, size, weight, fonts)) > room:
            shown.append(line)
            longer = word
        line = longer
    for told in [*shown, line][:3]:
        _words(brush, (SCENE + EDGE, y), told, size, weight, fill, fonts)
        y += size * 1.28
    return y


def painted(drawing: str, scale: float) -> Image.Image:
    """One of our drawings as pixels: rectangles, polygons, circles, ellipses, and curves of hills."""
    size = (round(DRAWN[0] * scale), round(DRAWN[1] * scale))
    canvas = Image.new("RGB", size, "#B2D0E4")
    brush = ImageDraw.Draw(canvas, "RGBA")
    root = ElementTree.fromstring(drawing)
    _sky(brush, root, size)
    for shape, fill, opacity in _shapes(root):
        _paint(brush, shape, _rgba(fill, opacity), scale)
    return canvas


def _shapes(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str, float]]:
    """Every shape with its colour; those of a group take the group's."""
    for each in root:
        kind = each.tag.rpartition("}")[2]
        if kind == "g":
            opacity = float(each.get("opacity", 1))
            yield from ((shape, each.get("fill", "#000"), opacity) for shape in each)
        elif kind != "defs" and not each.get("fill", "").startswith("url("):
            yield each, each.get("fill", "#000"), float(each.get("opacity", 1))


def _sky(brush: ImageDraw.ImageDraw, root: ElementTree.Element, size: tuple[int, int]) -> None:
    stops = [stop.get("stop-color", "#FFFFFF") for stop in root.iter() if stop.tag.endswith("stop")]
    high, low = (_rgba(stop, 1) for stop in (stops[0], stops[-1]))
    for y in range(size[1]):
        share = y / size[1]
        brush.line((0, y, size[0], y), fill=tuple(round(a + (b - a) * share) for a, b in zip(high, low, strict=True)))


def _paint(brush: ImageDraw.ImageDraw, shape: ElementTree.Element, fill: tuple[int, ...], scale: float) -> None:
    kind = shape.tag.rpartition("}")[2]

    def at(name: str) -> float:
        return float(shape.get(name, 0)) * scale

    if kind == "rect":
        box = (at("x"), at("y"), at("x") + max(at("width"), 1), at("y") + max(at("height"), 1))
        brush.rounded_rectangle(box, at("rx"), fill=fill)
    elif kind in ("circle", "ellipse"):
        across, up = (at("r"), at("r")) if kind == "circle" else (at("rx"), at("ry"))
        brush.ellipse((at("cx") - across, at("cy") - up, at("cx") + across, at("cy") + up), fill=fill)
    elif kind == "polygon":
        corners = [tuple(float(n) * scale for n in pair.split(",")) for pair in shape.get("points", "").split()]
        brush.polygon([(x, y) for x, y in corners], fill=fill)
    elif kind == "path":
        brush.polygon([(x * scale, y * scale) for x, y in _curve(shape.get("d", ""))], fill=fill)


def _curve(path: str) -> list[tuple[float, float]]:
    """The outline of a hill: `M x y Q cx cy x y T x y V y H x Z`, as our drawings write it."""
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)]
    x0, y0, cx, cy, x1, y1, x2, y2, base, left = numbers[:10]
    points = [*_bend((x0, y0), (cx, cy), (x1, y1)), *_bend((x1, y1), (2 * x1 - cx, 2 * y1 - cy), (x2, y2))]
    return [*points, (x2, base), (left, base)]


def _bend(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> list[tuple[float, float]]:
    steps = [n / 24 for n in range(25)]
    return [
        (
            (1 - t) ** 2 * a[0] + 2 * (1 - t) * t * b[0] + t * t * c[0],
            (1 - t) ** 2 * a[1] + 2 * (1 - t) * t * b[1] + t * t * c[1],
        )
        for t in steps
    ]


def _rgba(colour: str, opacity: float) -> tuple[int, ...]:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    return (*(int(digits[at : at + 2], 16) for at in (0, 2, 4)), round(255 * opacity))


def _words(
    brush: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, weight: int, fill: str, fonts: Path
) -> None:
    """A line of text, cut where the sheet ends."""
    x, y = at
    for part, font in _runs(text, size, weight, fonts):
        room = SIZE[0] - EDGE / 2 - x
        while part and font.getlength(part) > room:
            part = part[:-2].rstrip() + "…" if len(part) > 2 else ""
        brush.text((x, y), part, font=font, fill=fill)
        x += font.getlength(part)


def _runs(text: str, size: int, weight: int, fonts: Path) -> Iterator[tuple[str, Font]]:
    """Parts of a text with the file that has their letters: the second one holds those beyond Latin-1."""
    for part in re.findall(r"[\u0100-\u02ff]+|[^\u0100-\u02ff]+", text.replace("\u202f", "\u00a0")):
        name = "inter-latin-ext.woff2" if "\u0100" <= part[0] <= "\u02ff" else "inter-latin.woff2"
        font = ImageFont.truetype(str(fonts / name), size)
        font.set_variation_by_axes([weight])
        yield part, font
