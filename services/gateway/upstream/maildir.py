"""The local mail catcher's folder (a Maildir) as a list to look at; read only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

ROOMS = ("new", "cur")


@dataclass(frozen=True)
class MailSummary:
    """One mail in the list; date is None where the mail gives none that can be read."""

    key: str
    sender: str
    to: str
    subject: str
    date: datetime | None


@dataclass(frozen=True)
class MailPage:
    """Some mails, newest first, and where the next page begins (None at the end)."""

    items: tuple[MailSummary, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class Mail:
    """One mail opened; html is shown by a route of its own, in a sandbox."""

    summary: MailSummary
    headers: tuple[tuple[str, str], ...]
    text: str
    has_html: bool


class Mailbox:
    """The mails under one folder; a folder that is not there yet is an empty mailbox."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def page(self, cursor: str | None = None, limit: int = 50) -> MailPage:
        """The newest mails, or those after `cursor`, which is the key of the last one seen."""
        paths = self._paths()
        keys = list(paths)
        start = keys.index(cursor) + 1 if cursor in paths else 0
        shown = keys[start : start + limit]
        opened = ((key, _parsed(paths[key], headers_only=True)) for key in shown)
        items = tuple(_summary_of(key, message) for key, message in opened if message is not None)
        return MailPage(items, shown[-1] if start + limit < len(keys) else None)

    def message(self, key: str) -> Mail | None:
        """The mail of that key, None when there is none."""
        message = self._message(key)
        if message is None:
            return None
        headers = tuple((name, _decoded(str(value))) for name, value in message.raw_items())
        return Mail(
            _summary_of(key, message), headers, _part(message, "plain") or "", message.get_body(("html",)) is not None
        )

    def html_part(self, key: str) -> str | None:
        """The mail's HTML as it was sent, foreign code that only a sandboxed frame may show; None without one."""
        message = self._message(key)
        return None if message is None else _part(message, "html")

    def _message(self, key: str) -> EmailMessage | None:
        path = self._paths().get(key)
        return None if path is None else _parsed(path)

    def _paths(self) -> dict[str, Path]:
        # WHY look the key up in a listing: a key never becomes part of a path, so it cannot lead out of the folder.
        found = [entry for room in ROOMS for entry in _entries(self._folder / room)]
        return {_key(path): path for _, path in sorted(found, reverse=True)}


def _entries(room: Path) -> list[tuple[int, Path]]:
    found = []
    try:
        with os.scandir(room) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    found.append((entry.stat(follow_symlinks=False).st_mtime_ns, Path(entry.path)))
    except FileNotFoundError:
        # WHY: the folder is made with the first mail, and a mail may be taken away while we look.
        return found
    return found


def _key(path: Path) -> str:
    # WHY before the colon: a mail program moves a mail from new to cur and writes its marks behind a colon.
    return path.name.partition(":")[0]


def _parsed(path: Path, headers_only: bool = False) -> EmailMessage | None:
    try:
        with path.open("rb") as handle:
            return BytesParser(policy=default).parse(handle, headersonly=headers_only)
    except FileNotFoundError:
        return None


def _summary_of(key: str, message: EmailMessage) -> MailSummary:
    first = {name.lower(): _decoded(str(value)) for name, value in reversed(list(message.raw_items()))}
    return MailSummary(
        key, first.get("from", ""), first.get("to", ""), first.get("subject", ""), _moment(first.get("date", ""))
    )


def _moment(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date)
    except ValueError:
        return None


def _decoded(raw: str) -> str:
    line = "".join(raw.splitlines())
    try:
        told = str(make_header(decode_header(line)))
    except (HeaderParseError, LookupError, UnicodeError):
        told = line
    return told.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _part(message: EmailMessage, subtype: str) -> str | None:
    part = message.get_body((subtype,))
    if part is None:
        return None
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return bytes(part.get_payload(decode=True)).decode("utf-8", "replace")
