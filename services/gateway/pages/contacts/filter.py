"""Which contacts a list shows: read from an address and written back to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class ContactFilter:
    """A search text, a stage, a language and whose contacts; an empty text leaves that condition out."""

    q: str = ""
    stage: str = ""
    language: str = ""
    whose: str = ""
    cursor: str = ""

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> ContactFilter:
        """The filter that an address carries; unknown arguments are left out."""
        return cls(
            q=args.get("q", "").strip()[:LONGEST_SEARCH],
            stage=args.get("stage", "").strip(),
            language=args.get("language", "").strip(),
            whose="mine" if args.get("whose") == "mine" else "",
            cursor=args.get("cursor", ""),
        )

    def path(self, cursor: str | None = None) -> str:
        """The address of this list, from `cursor` on where one is given."""
        shown = {"q": self.q, "stage": self.stage, "language": self.language, "whose": self.whose, "cursor": cursor}
        stated = {name: value for name, value in shown.items() if value}
        return f"/contacts?{urlencode(stated)}" if stated else "/contacts"

    @property
    def is_narrowed(self) -> bool:
        """Whether the list leaves anybody out."""
        return bool(self.q or self.stage or self.language or self.whose)
