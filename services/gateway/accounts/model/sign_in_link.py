"""A sign-in link: its content, and how long it works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.gateway.accounts.model.session import Prospect

LINK_WORKS = timedelta(minutes=10)


@dataclass(frozen=True)
class SignInLink:
    """A genuine link: whom it signs in, and until when."""

    request_id: str
    prospect: Prospect
    until: datetime

    @property
    def key(self) -> str:
        """The key of a used link: one request of one person."""
        return f"{self.request_id}/{self.prospect.contact_id}"
