"""One SMTP connection, written by hand so that we control the moment before the final dot."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from services.notifications.channels.email.relay import Relay

DOT = b".\r\n"


class CannotConnect(smtplib.SMTPException):
    """No usable session; nothing was handed over."""


@dataclass(frozen=True)
class WireMail:
    """The data sent to the server: the message with CRLF line ends and the envelope's two addresses."""

    sender: str
    recipient: str
    data: bytes

    @property
    def needs_utf8(self) -> bool:
        """Whether an address has characters outside ASCII, which only SMTPUTF8 servers take."""
        return not (self.sender + self.recipient).isascii()


@dataclass(frozen=True)
class Reply:
    """The server's reply, and the step of the session."""

    step: str
    code: int
    text: str


def connect(relay: Relay, timeout: float, tls: ssl.SSLContext) -> smtplib.SMTP:
    """Open a session: greeted, encrypted if required, and signed in; raises CannotConnect or OSError."""
    session: smtplib.SMTP
    if relay.tls:
        session = smtplib.SMTP_SSL(relay.host, relay.port, relay.helo, timeout=timeout, context=tls)
    else:
        session = smtplib.SMTP(relay.host, relay.port, relay.helo, timeout=timeout)
    try:
        # WHY: body and dot are two writes, and Nagle's algorithm would delay the second one by 40 ms a mail.
        if session.sock is not None:
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session.ehlo_or_helo_if_needed()
        encrypted = relay.tls or _start_tls(session, relay, tls)
        if relay.user:
            _sign_in(session, relay, encrypted)
    except BaseException:
        session.close()
        raise
    return session


def _start_tls(session: smtplib.SMTP, relay: Relay, tls: ssl.SSLContext) -> bool:
    offered = session.has_extn("starttls")
    if relay.starttls == "required" and not offered:
        raise CannotConnect("SMTP_URL: STARTTLS is required and the server does not offer it")
    if relay.starttls == "off" or not offered:
        return False
    session.starttls(context=tls)
    session.ehlo()
    return True


def _sign_in(session: smtplib.SMTP, relay: Relay, encrypted: bool) -> None:
    if not encrypted and not relay.is_loopback:
        raise CannotConnect("SMTP_URL: the password would cross the network in clear; use smtps or STARTTLS")
    session.login(relay.user, relay.password)


def converse(session: smtplib.SMTP, mail: WireMail, before_final_step: Callable[[], None]) -> Reply:
    """Send the mail up to and with its final dot; returns the first refusal, or the reply to the dot."""
    options = _options(session, mail)
    steps: tuple[tuple[str, Callable[[], tuple[int, bytes]], tuple[int, ...]], ...] = (
        ("MAIL", lambda: session.mail(mail.sender, options), (250,)),
        ("RCPT", lambda: session.rcpt(mail.recipient), (250, 251)),
        ("DATA", lambda: session.docmd("data"), (354,)),
    )
    for step, say, wanted in steps:
        code, text = say()
        if code not in wanted:
            return Reply(step, code, _text(text))
    session.send(stuffed(mail.data))
    before_final_step()
    session.send(DOT)
    code, text = session.getreply()
    return Reply("DOT", code, _text(text))


def stuffed(data: bytes) -> bytes:
    """The message with CRLF line ends only, a final one, and a second dot before lines that begin with one (RFC
    5321 4.5.2).
    """
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


def _options(session: smtplib.SMTP, mail: WireMail) -> list[str]:
    options = [f"size={len(mail.data)}"] if session.has_extn("size") else []
    if session.has_extn("8bitmime") and not mail.data.isascii():
        options.append("BODY=8BITMIME")
    return [*options, "SMTPUTF8"] if mail.needs_utf8 else options


def _text(text: bytes) -> str:
    return text.decode("utf-8", "replace")[:200]
