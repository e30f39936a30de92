"""`python -m tests.bench.cross_reference.watcher`: a matching process that says when its index has seen a search.

Reads lines "<agency id> <search id> <sequence>"; answers each with the moment, by the clock that all processes share.
"""

from __future__ import annotations

import sys
import threading
import time

from services.matching.app import create_worker
from shared.running.settings import Settings


def main() -> None:
    """Follow the database until the input ends."""
    worker = create_worker(Settings.from_env())
    follower = worker.inbox.deps.follower
    stop = threading.Event()
    thread = threading.Thread(target=worker.feed.run, args=(stop,), daemon=True)
    thread.start()
    follower.ready.wait()
    print("ready", flush=True)
    for line in sys.stdin:
        agency_id, search_id, sequence = line.split()
        seen = follower.wait_for_search(agency_id, search_id, int(sequence))
        print(time.monotonic() if seen else "never", flush=True)
    stop.set()
    thread.join()


if __name__ == "__main__":
    main()
