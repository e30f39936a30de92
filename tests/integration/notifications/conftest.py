"""A notifications service, and a real mail server of each test's own on the loopback that can be told to misbehave."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.notifications.channels.email.envelope import POLICY
from tests.integration.notifications.world import AgencyWorld, open_world
from tests.integration.rooms import Room, open_room


@pytest.fixture(scope="module")
def room(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Room:
    folder = tmp_path_factory.mktemp("notifications")
    return open_room("notifications", folder, mongo_url, module_mongo_prefix, module_amqp_url)


@pytest.fixture
def world(room: Room) -> Iterator[AgencyWorld]:
    """An agency that knows Eva, who wants alerts; what it leaves behind is nobody else's to send."""
    yield open_world(room, ["eva"])
    room.db.deliveries.delete_many({})


class Post:
    """What the server keeps, and how it answers: `answers["RCPT"] = "550 no"`, `pauses["DATA"] = 5`."""

    def __init__(self) -> None:
        self.letters, self.greetings, self.sessions = [], 0, []
        self.answers, self.pauses, self.drops = {}, {}, set()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's name
        session.host_name = hostname
        self.greetings += 1
        self.sessions.append(server)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answer("MAIL", server, "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        answer = await self._answer("RCPT", server, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        answer = await self._answer("DOT", server, "250 taken")
        if answer.startswith("2"):
            self.letters.append(envelope)
        return answer

    async def _answer(self, step, server, usual):
        await asyncio.sleep(self.pauses.get(step, 0))
        if step in self.drops:
            server.transport.abort()
        return self.answers.get(step, usual)


class Server(SMTP):
    """The real server, which can also refuse or drop at DATA, before any of the body."""

    async def smtp_DATA(self, arg):  # noqa: N802 - aiosmtpd's name
        post = self.event_handler
        if "DATA" in post.drops:
            self.transport.abort()
        elif "DATA" in post.answers:
            await self.push(post.answers["DATA"])
        else:
            await super().smtp_DATA(arg)


class Office(Controller):
    """A server on a port of its own."""

    def factory(self):
        return Server(self.handler, **self.SMTP_kwargs)

    def cut_lines(self) -> None:
        """Break every open connection at once, and return when they are broken."""

        async def cut():
            for session in self.handler.sessions:
                if session.transport is not None:
                    session.transport.abort()

        asyncio.run_coroutine_threadsafe(cut(), self.loop).result(5)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def open_office() -> Iterator[Callable[..., Office]]:
    opened = []

    def start(**options) -> Office:
        post = options.pop("post", None) or Post()
        options.setdefault("port", free_port())
        office = Office(post, hostname="127.0.0.1", **options)
        office.start()
        opened.append(office)
        return office

    yield start
    for office in opened:
        if office.loop.is_running():
            office.stop()


@pytest.fixture
def letter() -> EmailMessage:
    message = EmailMessage(policy=POLICY)
    message["From"], message["To"], message["Subject"] = "homes@example.com", "eva@example.com", "Nov dom č"
    message.set_content("first\n.\n..two\n.three\nlast č\n")
    return message


@pytest.fixture(scope="session")
def tls(tmp_path_factory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's side of one throw-away certificate."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(pem + secret)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "both.pem")
    return server, ssl.create_default_context(cadata=pem.decode())


@pytest.fixture
def only_eva():
    """An authenticator that lets one account in."""

    def check(server, session, envelope, mechanism, data):
        return AuthResult(handled=False, success=data.login == b"eva@corp" and data.password == b"p/ss:w%rd")

    return check
