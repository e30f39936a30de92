"""A session: a signed-in browser and its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)
TOUCH_EVERY = timedelta(minutes=1)
CODE_WAITS = timedelta(minutes=10)
# A prospect's session shows one person's data only, and signing in again costs them a mail.
PROSPECT_IDLE = timedelta(days=14)
PROSPECT_ABSOLUTE = timedelta(days=60)


@dataclass(frozen=True)
class Prospect:
    """A prospect in their own pages; only leads knows the name behind the id."""

    agency_id: str
    contact_id: str
    language: str | None = None
    theme: str | None = None
    role: str = "prospect"


@dataclass(frozen=True)
class Session:
    """A signed-in browser of a member or a prospect; `id` is the hash of its cookie."""

    id: str
    member_id: str
    created_at: datetime
    seen_at: datetime
    waits_for_code: bool = False
    prospect: Prospect | None = None

    @property
    def spans(self) -> tuple[timedelta, timedelta]:
        """How long it may be idle, and how long it may be open."""
        return (PROSPECT_IDLE, PROSPECT_ABSOLUTE) if self.prospect else (IDLE, ABSOLUTE)

    def is_over(self, at: datetime) -> bool:
        """Whether it was idle or open for too long; one that waits for its code has little time."""
        if self.waits_for_code:
            return at - self.created_at >= CODE_WAITS
        idle, absolute = self.spans
        return at - self.seen_at >= idle or at - self.created_at >= absolute

    def is_stale(self, at: datetime) -> bool:
        """Whether its use should be recorded again."""
        return at - self.seen_at >= TOUCH_EVERY

    @property
    def ends_at(self) -> datetime:
        """When it ends at the latest if it is not used again."""
        idle, absolute = self.spans
        return min(self.seen_at + idle, self.created_at + absolute)
