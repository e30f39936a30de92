"""What browsers get besides pages: our styles and scripts, drawings, and the npm packages that the build copied."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Response, request

from services.gateway.web import drawings
from services.gateway.web.blueprint import new_blueprint
from shared.errors import NotFound
from shared.http.auth import public

GATEWAY = Path(__file__).parents[1]
STATIC = GATEWAY / "web/static"
# Served as one file: what these patterns find below the gateway, in this order, each pattern's files by their names.
BUNDLES = {
    "lintel.css": (
        "web/static/css/*.css",
        "components/charts/*.css",
        "pages/[!p]*/*.css",
        "pages/public/public.css",
        "pages/operations/services/*.css",
    ),
    "portal.css": ("web/static/portal/*.css", "pages/portal/*/*.css", "pages/public/portal.css"),
    "portal.js": ("pages/portal/homes/*.js",),
    "map.css": ("components/map/*.css",),
    "wishes.css": ("components/wish_editor/*.css",),
    "lintel.js": ("web/static/js/shell/*.js", "components/picker/*.js"),
    "map.js": ("components/map/js/*.js",),
    "wishes.js": ("components/wish_editor/js/*.js",),
}
SHRINKS = ("text/", "application/json", "image/svg+xml", "application/javascript")
YEAR = "public, max-age=31536000, immutable"

blp = new_blueprint("assets", guarded=False)


@dataclass(frozen=True)
class Asset:
    """One file as it is served; `stamp` changes with its content."""

    content: bytes
    squeezed: bytes | None
    mimetype: str
    stamp: str


def address(name: str) -> str:
    """The path of a file of ours; it may be kept for ever, since another content has another address."""
    return f"/assets/{name}?v={_stamp(name)}"


@blp.get("/assets/<path:name>")
@public
def show_asset(name: str) -> Response:
    """Hand a file out, compressed where the browser takes that."""
    found = load(name)
    small = found.squeezed if "gzip" in request.headers.get("Accept-Encoding", "") else None
    answer = Response(small or found.content, mimetype=found.mimetype)
    answer.headers["Cache-Control"] = YEAR if request.args.get("v") == found.stamp else "no-cache"
    if found.squeezed is not None:
        answer.headers["Vary"] = "Accept-Encoding"
    if small:
        answer.headers["Content-Encoding"] = "gzip"
    answer.set_etag(found.stamp + ("-gz" if small else ""))
    return Response(answer.make_conditional(request).response, answer.status, answer.headers)


@blp.get("/drawings/<name>.svg")
@public
def show_drawing(name: str) -> Response:
    """A drawn stand-in for a home's photograph, called <kind>-<id>; it never changes."""
    kind, _dash, key = name.partition("-")
    drawn, small = _drawn(kind[:40], key[:64], request.args.get("c", "")[:2])
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = Response(small if takes else drawn, mimetype="image/svg+xml")
    answer.headers.update({"Cache-Control": YEAR, "Vary": "Accept-Encoding"})
    if takes:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@lru_cache(maxsize=1024)
def _drawn(kind: str, key: str, country: str) -> tuple[bytes, bytes]:
    drawn = drawings.draw(kind, key, country).encode()
    return drawn, gzip.compress(drawn, 9, mtime=0)


@lru_cache(maxsize=256)
def load(name: str) -> Asset:
    """A file by its name under static/, or a bundle; NotFound otherwise."""
    content = _bundle(BUNDLES[name]) if name in BUNDLES else _read(name)
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    squeezed = gzip.compress(content, 9, mtime=0) if mimetype.startswith(SHRINKS) else None
    return Asset(content, squeezed, mimetype, hashlib.sha256(content).hexdigest()[:12])


def is_built() -> bool:
    """Whether the npm packages were copied (`make assets`)."""
    return (STATIC / "vendor/manifest.json").exists()


def _read(name: str) -> bytes:
    folder = GATEWAY / "components/map" if name.startswith("geo/") else STATIC
    path = (folder / name).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise NotFound("There is no such file.")
    return _with_addresses(path.read_text()).encode() if path.suffix == ".css" else path.read_bytes()


def _bundle(patterns: tuple[str, ...]) -> bytes:
    paths = [path for pattern in patterns for path in sorted(GATEWAY.glob(pattern))]
    return _with_addresses("\n".join(path.read_text() for path in paths)).encode()


def _with_addresses(text: str) -> str:
    return re.sub(r"asset:([\w./-]+)", lambda found: address(found[1]), text)


def _stamp(name: str) -> str:
    try:
        return load(name).stamp
    except NotFound:
        return "missing"
