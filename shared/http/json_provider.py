"""How answers become JSON: written by orjson, a tenth of the standard library's time for what is long."""

from __future__ import annotations

from typing import Any

import orjson
from flask.json.provider import DefaultJSONProvider

# Dates stay Flask's own, as they were before; marshmallow has made texts of nearly all.
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


class JsonProvider(DefaultJSONProvider):
    """Flask's provider, keys in the order of the answer."""

    sort_keys = False

    def dumps(self, obj: Any, **options: Any) -> str:
        """JSON text without spaces; what orjson refuses (more than 64 bits, half a character) is written by Flask."""
        if options.keys() - {"separators"}:  # to be read by people
            return super().dumps(obj, **options)
        try:
            return orjson.dumps(obj, self.default, _OPTIONS).decode()
        except orjson.JSONEncodeError:
            return super().dumps(obj, **options)
