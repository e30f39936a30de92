"""A mail server in this process that stamps each mail as it accepts it."""

from __future__ import annotations

import threading
import time
from typing import Any

from aiosmtpd.controller import Controller


class Catcher:
    """Keeps when each recipient's last mail was accepted, by the monotonic clock, and the last mail's bytes."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.port = port
        self.count = 0
        self.last_at = 0.0
        self.last_mail = b""
        self._at: dict[str, float] = {}
        self._arrived = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def __enter__(self) -> Catcher:
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Accept a mail; the name is aiosmtpd's."""
        with self._arrived:
            self.last_at, self.last_mail = time.monotonic(), envelope.content
            self.count += 1
            self._at.update(dict.fromkeys(envelope.rcpt_tos, self.last_at))
            self._arrived.notify_all()
        return "250 OK"

    def accepted(self, recipient: str, seconds: float = 30) -> float:
        """When this recipient's mail was accepted, after waiting for it; raises TimeoutError."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: recipient in self._at, seconds):
                raise TimeoutError(f"no mail for {recipient} within {seconds} s")
            return self._at[recipient]
