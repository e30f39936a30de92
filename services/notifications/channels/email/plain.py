"""Makes outside text safe for one line of a header or a paragraph of a mail."""

from __future__ import annotations

import re
import unicodedata

# WHY: these characters reverse the text that follows, so that a name could change the sentence around it.
DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# WHY no quoted local parts: real addresses have none, and they can hide a second recipient.
LOCAL_PART = re.compile(r"[^\s()<>\[\]:;@\\,\".]+(\.[^\s()<>\[\]:;@\\,\".]+)*")
DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
SPACE_LIKE = {"Cc", "Zl", "Zp"}


def one_line(text: str | None, longest: int = 200) -> str:
    """One line without control characters, direction overrides or lone surrogates, cut at a word if too long."""
    kept = (" " if unicodedata.category(c) in SPACE_LIKE else c for c in text or "" if _sendable(c))
    line = re.sub(r" +", " ", "".join(kept)).strip()
    return line if len(line) <= longest else _cut(line, longest)


def envelope_address(address: str) -> str:
    """The address with its domain in ASCII (IDNA); raises ValueError when no server could take it."""
    local, _, domain = address.rpartition("@")
    ascii_domain = domain.encode("idna").decode("ascii")
    if not address.isprintable() or not LOCAL_PART.fullmatch(local) or not DOMAIN.fullmatch(ascii_domain):
        raise ValueError("not an e-mail address")
    return f"{local}@{ascii_domain}"


def _sendable(character: str) -> bool:
    return character not in DIRECTION_MARKS and unicodedata.category(character) != "Cs"


def _cut(line: str, longest: int) -> str:
    room = line[: longest - 1]
    head, _, _ = room.rpartition(" ")
    return (head if len(head) > longest // 2 else room) + "…"
