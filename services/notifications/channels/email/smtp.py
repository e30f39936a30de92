"""Sends a mail to a mail server; the result is accepted, refused, deferred or unknown."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from services.notifications.channels.email.connection import Reply, WireMail, connect, converse
from services.notifications.channels.email.envelope import POLICY
from services.notifications.channels.email.plain import envelope_address
from services.notifications.channels.email.relay import relay_of
from services.notifications.channels.protocol import Outcome, State

# WHY: a fault of our account or configuration, not of this mail; the mail waits until it is repaired.
OUR_FAULT = frozenset({503, 530, 534, 535, 538})
IDLE_SESSIONS = 4


@dataclass(frozen=True)
class Mail:
    """A finished mail, and the envelope's two addresses."""

    message: EmailMessage
    sender: str
    recipient: str


class EmailChannel:
    """A mail server behind pooled connections; thread-safe."""

    name = "email"

    def __init__(
        self, url: str, timeout: float = 20.0, idle_seconds: float = 30.0, tls: ssl.SSLContext | None = None
    ) -> None:
        self._relay = relay_of(url)
        self._timeout, self._idle_seconds = timeout, idle_seconds
        self._tls = tls or ssl.create_default_context()
        self._idle: deque[tuple[smtplib.SMTP, float]] = deque(maxlen=IDLE_SESSIONS)

    def hand_over(self, mail: Mail, before_final_step: Callable[[], None]) -> Outcome:
        """Send one mail to one recipient. before_final_step is called once, when the server has all but the last
        byte: until it returns the mail is not delivered, afterwards only the server knows. An error it raises is
        passed on, and the mail is not delivered.
        """
        try:
            attempt = _Attempt(
                mail.message, envelope_address(mail.sender), envelope_address(mail.recipient), before_final_step
            )
        except ValueError as error:
            return Outcome(State.REFUSED, None, str(error))
        if (session := self._pooled()) is not None:
            outcome = attempt.over(session)
            if not attempt.found_dead:
                return self._kept(session, outcome)
            # WHY: a server may end an idle session; before the dot that is no failure, only a reason to reconnect.
            self.close()
        try:
            session = connect(self._relay, self._timeout, self._tls)
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(State.DEFERRED, getattr(error, "smtp_code", None), _words(error))
        return self._kept(session, attempt.over(session))

    def close(self) -> None:
        """End every idle session."""
        while self._idle:
            self._idle.pop()[0].close()

    def _pooled(self) -> smtplib.SMTP | None:
        while True:
            try:
                session, since = self._idle.pop()
            except IndexError:
                return None
            if time.monotonic() - since < self._idle_seconds:
                return session
            session.close()

    def _kept(self, session: smtplib.SMTP, outcome: Outcome) -> Outcome:
        if session.sock is not None:
            if len(self._idle) < IDLE_SESSIONS:
                self._idle.append((session, time.monotonic()))
            else:
                session.close()
        return outcome


class _Attempt:
    """Send one mail over one session, or over a new one when the first was closed."""

    def __init__(
        self, message: EmailMessage, sender: str, recipient: str, before_final_step: Callable[[], None]
    ) -> None:
        self._message, self._sender, self._recipient = message, sender, recipient
        self._before_final_step = before_final_step
        self._offered = False
        self.found_dead = False

    def over(self, session: smtplib.SMTP) -> Outcome:
        """Run the SMTP dialogue and judge its result; the session is ready for the next mail, or closed."""
        self.found_dead = False
        try:
            mail = self._wire_mail(session)
            if mail.needs_utf8 and not session.has_extn("smtputf8"):
                return Outcome(State.REFUSED, None, "the mail server takes ASCII addresses only")
            reply = converse(session, mail, self._mark)
            _tidy(session, reply)
        except _CallerError as wrapped:
            session.close()
            raise wrapped.error from None
        except (OSError, smtplib.SMTPException) as error:
            session.close()
            self.found_dead = not self._offered and not isinstance(error.__context__, TimeoutError)
            return Outcome(State.UNCLEAR if self._offered else State.DEFERRED, None, _words(error))
        except BaseException:
            session.close()
            raise
        self.found_dead = reply.code == 421 and not self._offered
        return _judged(reply)

    def _mark(self) -> None:
        try:
            self._before_final_step()
        except Exception as error:
            raise _CallerError(error) from error
        self._offered = True

    def _wire_mail(self, session: smtplib.SMTP) -> WireMail:
        cte = "8bit" if session.has_extn("8bitmime") else "7bit"
        utf8 = not (self._sender + self._recipient).isascii()
        policy = POLICY.clone(cte_type=cte, utf8=utf8)
        return WireMail(self._sender, self._recipient, self._message.as_bytes(policy=policy))


class _CallerError(Exception):
    """Wraps the caller's own error, which may be of the same class as the network's."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def _judged(reply: Reply) -> Outcome:
    words = f"{reply.step}: {reply.text}"[:200]
    if reply.step == "DOT" and 200 <= reply.code < 300:
        return Outcome(State.ACCEPTED, reply.code, words)
    if 400 <= reply.code < 500 or reply.code in OUR_FAULT:
        return Outcome(State.DEFERRED, reply.code, words)
    if 500 <= reply.code < 600:
        return Outcome(State.REFUSED, reply.code, words)
    return Outcome(State.UNCLEAR if reply.step == "DOT" else State.DEFERRED, reply.code, words)


def _tidy(session: smtplib.SMTP, reply: Reply) -> None:
    known = 200 <= reply.code < 600 and reply.code != 421
    if reply.step == "DOT" and known:
        return
    if not known:
        session.close()
        return
    try:
        session.rset()
    except (OSError, smtplib.SMTPException):
        session.close()


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:200]
