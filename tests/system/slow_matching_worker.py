"""A matching worker whose index sees each change late, by a random while; for the story of two such workers."""

from __future__ import annotations

import random
import time
from typing import Any

from services.matching.app import create_worker
from shared.messaging.changes import OnChange
from shared.running import logs
from shared.running.settings import Settings

SELDOM = 0.01


def slowly(on_change: OnChange) -> OnChange:
    """The same, a few milliseconds later, and once in a while a third of a second."""

    def later(document: dict[str, Any] | None) -> None:
        if document is not None:
            time.sleep(0.3 if random.random() < SELDOM else random.uniform(0, 0.004))
        on_change(document)

    return later


def main() -> None:
    """Work as any matching worker does, with a lame index."""
    settings = Settings.from_env()
    logs.configure("matching", settings.log_level)
    worker = create_worker(settings)
    for collection in ("listings", "searches"):
        worker.feed.on_change[collection] = slowly(worker.feed.on_change[collection])
    worker.run()


if __name__ == "__main__":
    main()
