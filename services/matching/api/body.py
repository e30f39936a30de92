"""What a schema has validated: the fields of a request's body or query."""

from __future__ import annotations

from typing import Any

# Each view's schema says which fields there are and of which types; the use cases read them by name.
Fields = dict[str, Any]
