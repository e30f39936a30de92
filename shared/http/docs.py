"""/docs: the service's OpenAPI document as a page to read and try; every file is served from here."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from flask import Flask, Response, send_from_directory
from markupsafe import Markup

from shared.errors import NotFound
from shared.http.auth import public

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
OURS = frozenset({"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"})
PAGE = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lintel {service}: API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
""")
START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
"""


def register(app: Flask, service: str) -> None:
    """Add the page and its files."""

    @app.get("/docs")
    @public
    def docs() -> Response:
        """The page."""
        return _dressed(Response(PAGE.format(service=service), mimetype="text/html"))

    @app.get("/docs/<name>")
    @public
    def docs_file(name: str) -> Response:
        """One of its files."""
        if name == "start.js":
            return _dressed(Response(START, mimetype="text/javascript"))
        if name not in OURS:
            raise NotFound("There is no such file.")
        answer = send_from_directory(_folder(), name, conditional=True)
        answer.headers["Cache-Control"] = "public, max-age=86400"
        return _dressed(answer)


def _folder() -> Path:
    return Path(str(files("flask_swagger_ui") / "dist"))


def _dressed(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = CSP
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Frame-Options"] = "DENY"
    return answer
