"""Configuration as one frozen value; the only place that reads the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from environs import EnvValidationError, FileAwareEnv
from marshmallow.validate import OneOf, Range

from shared.running.services import SERVICES

KNOWN_SECRETS = frozenset({"secret", "changeme", "change-me", "local", "lintel", "guest", "password"})


class BadSettings(SystemExit):
    """The environment is incomplete or unsafe; the message lists every fault at once."""


@dataclass(frozen=True)
class Settings:
    """The settings of a process; each NAME may also come as NAME_FILE, a mounted secret's path."""

    mode: str
    mongo_url: str
    amqp_url: str
    secret_key: str = field(repr=False)
    mongo_db_prefix: str = ""
    smtp_url: str = ""
    public_url: str = "http://127.0.0.1:8000"
    stream_url: str = ""
    tile_url: str = ""
    tile_attribution: str = ""
    bind: str = "127.0.0.1:8000"
    web_threads: int = 8
    proxy_hops: int = 0
    jwks_file: str = ""
    jwks_url: str = ""
    signing_key_file: str = ""
    mail_dir: str = ""
    mailbox_url: str = ""
    control_endpoint: str = ""
    control_key: str = field(default="", repr=False)
    log_level: str = "INFO"
    rates: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""
    fault_dir: str = ""
    service_urls: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_env(cls) -> Settings:
        """Read the environment once; raises BadSettings that names every missing or unsafe variable."""
        env = FileAwareEnv(eager=False)
        settings = _read(env)
        try:
            env.seal()
        except EnvValidationError as error:
            raise BadSettings(_told(f"{name}: {why}" for name, why in _by_name(error))) from None
        if faults := list(_unsafe(settings)):
            raise BadSettings(_told(faults))
        return settings

    @property
    def is_local(self) -> bool:
        """Whether this is one machine with a mail catcher; only then are fault points and mail without TLS allowed."""
        return self.mode == "local"

    def database(self, service: str) -> str:
        """The name of a service's own database."""
        return f"{self.mongo_db_prefix}{service}"


def _read(env: FileAwareEnv) -> Settings:
    return Settings(
        mode=env.str("LINTEL_MODE", "production", validate=OneOf(["local", "production"])),
        mongo_url=env.str("MONGO_URL"),
        amqp_url=env.str("AMQP_URL"),
        secret_key=env.str("SECRET_KEY"),
        mongo_db_prefix=env.str("MONGO_DB_PREFIX", ""),
        smtp_url=env.str("SMTP_URL", ""),
        public_url=env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        stream_url=env.str("STREAM_URL", "").rstrip("/"),
        tile_url=env.str("TILE_URL", ""),
        tile_attribution=env.str("TILE_ATTRIBUTION", ""),
        bind=env.str("BIND", "127.0.0.1:8000"),
        web_threads=env.int("WEB_THREADS", 8),
        proxy_hops=env.int("PROXY_HOPS", 0, validate=Range(0, 10)),
        jwks_file=env.str("JWKS_FILE", ""),
        jwks_url=env.str("JWKS_URL", ""),
        signing_key_file=env.str("SIGNING_KEY_FILE", ""),
        mail_dir=env.str("MAIL_DIR", ""),
        mailbox_url=env.str("MAILBOX_URL", ""),
        control_endpoint=env.str("CONTROL_ENDPOINT", ""),
        control_key=env.str("CONTROL_KEY", ""),
        log_level=env.str("LOG_LEVEL", "INFO", validate=OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])),
        rates=_rates(env),
        fault=env.str("FAULT", ""),
        fault_dir=env.str("FAULT_DIR", ""),
        service_urls={name: env.str(f"{name.upper()}_URL", "") for name in SERVICES},
    )


def _rates(env: FileAwareEnv) -> Mapping[str, Any]:
    found = env.json("RATES", None)
    return found if isinstance(found, dict) else {}


def _unsafe(settings: Settings) -> list[str]:
    faults = []
    if len(settings.secret_key or "") < 16 or settings.secret_key.lower() in KNOWN_SECRETS:
        faults.append("SECRET_KEY: give 16 random characters or more, not a well-known word")
    if not settings.is_local and settings.fault:
        faults.append("FAULT: fault points are for local mode only")
    if not settings.is_local and any(f"//{word}:" in settings.amqp_url for word in ("guest",)):
        faults.append("AMQP_URL: the guest account is for nobody; make a user for Lintel")
    if settings.is_local and settings.smtp_url and "127.0.0.1" not in settings.smtp_url:
        faults.append("SMTP_URL: local mode hands mail to its own catcher on 127.0.0.1 only")
    return faults


def _by_name(error: EnvValidationError) -> list[tuple[str, str]]:
    found = error.error_messages
    return (
        [(name, " ".join(map(str, why))) for name, why in found.items()]
        if isinstance(found, dict)
        else [("", str(found))]
    )


def _told(faults: Any) -> str:
    return "Lintel cannot start:\n  " + "\n  ".join(faults)
