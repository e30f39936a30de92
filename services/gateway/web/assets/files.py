"""What browsers get besides pages: our styles and scripts, drawings, and the npm packages that the build copied."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request

from services.gateway.web.assets import drawings
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.feature import Component
from shared.errors import NotFound
from shared.http.auth import public

STATIC = Path(__file__).parents[1] / "static"
# The kit's own share of files that are served joined; components and features add theirs.
BUNDLES = {"lintel.css": "css/*.css", "portal.css": "portal/*.css", "lintel.js": "js/shell/*.js"}
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


class Assets:
    """Every file that this application serves: the kit's, the components' and the features'; each is read once."""

    def __init__(self, parts: Iterable[Component]) -> None:
        self._bundles: dict[str, list[tuple[Path, str]]] = {
            name: [(STATIC, pattern)] for name, pattern in BUNDLES.items()
        }
        self._folders: dict[str, Path] = {}
        for part in parts:
            for name, pattern in part.bundles.items():
                self._bundles.setdefault(name, []).append((part.folder, pattern))
            self._folders |= {name: part.folder / folder for name, folder in part.files.items()}
        self._loaded: dict[str, Asset] = {}

    def load(self, name: str) -> Asset:
        """A file or a bundle by its name; NotFound otherwise."""
        if name not in self._loaded:
            content = self._bundle(name) if name in self._bundles else self._read(name)
            mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
            squeezed = gzip.compress(content, 9, mtime=0) if mimetype.startswith(SHRINKS) else None
            self._loaded[name] = Asset(content, squeezed, mimetype, hashlib.sha256(content).hexdigest()[:12])
        return self._loaded[name]

    def address(self, name: str) -> str:
        """The path of a file of ours; it may be kept for ever, since another content has another address."""
        try:
            return f"/assets/{name}?v={self.load(name).stamp}"
        except NotFound:
            return f"/assets/{name}?v=missing"

    def _read(self, name: str) -> bytes:
        first, _slash, rest = name.partition("/")
        folder, inner = (self._folders[first], rest) if first in self._folders else (STATIC, name)
        path = (folder / inner).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            raise NotFound("There is no such file.")
        return self._with_addresses(path.read_text()).encode() if path.suffix == ".css" else path.read_bytes()

    def _bundle(self, name: str) -> bytes:
        paths = [path for folder, pattern in self._bundles[name] for path in sorted(folder.glob(pattern))]
        return self._with_addresses("\n".join(path.read_text() for path in paths)).encode()

    def _with_addresses(self, text: str) -> str:
        return re.sub(r"asset:([\w./-]+)", lambda found: self.address(found[1]), text)


def register(app: Flask, parts: Iterable[Component]) -> None:
    """Let this application serve the files of these components and features."""
    app.extensions["lintel"]["assets"] = Assets(parts)


def address(name: str) -> str:
    """The path of a file that this application serves."""
    return _assets().address(name)


def _assets() -> Assets:
    found: Assets = current_app.extensions["lintel"]["assets"]
    return found


@blp.get("/assets/<path:name>")
@public
def show_asset(name: str) -> Response:
    """Hand a file out, compressed where the browser takes that."""
    found = _assets().load(name)
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


def is_built() -> bool:
    """Whether the npm packages were copied (`make assets`)."""
    return (STATIC / "vendor/manifest.json").exists()
