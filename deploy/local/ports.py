"""Free loopback ports."""

from __future__ import annotations

import random
import socket
from contextlib import ExitStack

# Below the range from which systems give ports to outgoing connections, so that none of those takes ours meanwhile.
FIRST, LAST = 20000, 32000


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with ExitStack() as held:
        return _hold(held, port)


def free(count: int) -> list[int]:
    """Different free ports, chosen at random so that two runs that start at once rarely meet."""
    with ExitStack() as held:
        candidates = (random.randrange(FIRST, LAST) for _ in range(10_000))
        ports = []
        while len(ports) < count:
            port = next(candidates)
            if _hold(held, port):
                ports.append(port)
        return ports


def preferred(wanted: int) -> int:
    """The wanted port, or another one when it is taken."""
    return wanted if is_free(wanted) else free(1)[0]


def _hold(held: ExitStack, port: int) -> bool:
    taken = held.enter_context(socket.socket())
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
