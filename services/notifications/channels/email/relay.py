"""The mail server to use: SMTP_URL parsed into a value."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
STARTTLS = ("auto", "required", "off")


@dataclass(frozen=True)
class Relay:
    """A mail server; starttls is auto (when offered), required or off."""

    host: str
    port: int
    tls: bool = False
    starttls: str = "auto"
    user: str = ""
    password: str = field(default="", repr=False)
    helo: str = "localhost"

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine, so that a password in clear text does not leave it."""
        return self.host in LOOPBACK


def relay_of(url: str) -> Relay:
    """Parse `smtp[s]://[user:password@]host[:port][?starttls=auto|required|off&helo=name]`.

    Raises ValueError that begins with SMTP_URL.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("SMTP_URL: give smtp://host:port or smtps://host:port")
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    starttls = options.get("starttls", "auto")
    if starttls not in STARTTLS:
        raise ValueError(f"SMTP_URL: starttls is one of {', '.join(STARTTLS)}")
    tls = parts.scheme == "smtps"
    return Relay(
        host=parts.hostname,
        port=parts.port or (465 if tls else 25),
        tls=tls,
        starttls=starttls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        helo=options.get("helo") or socket.gethostname(),
    )
