"""Free loopback ports."""

from __future__ import annotations

import random
import socket
import sys
from contextlib import ExitStack

# Below the range that systems use for outgoing connections, so that none of those takes our port meanwhile.
FIRST, LAST = 20000, 32000


def free(count: int) -> list[int]:
    """Different free ports, chosen at random so that two runs started at once rarely collide."""
    with ExitStack() as held:
        ports: list[int] = []
        while len(ports) < count:
            port = random.randrange(FIRST, LAST)
            if port not in ports and _holds(held, port):
                ports.append(port)
        return ports


class Reservation:
    """Ports that another launcher of this machine will not choose while this process lives.

    A port is bound only when its server starts; till then a name in Linux's abstract socket space holds it, which
    leaves no file and goes with the process.
    """

    def __init__(self) -> None:
        self._held: list[socket.socket] = []

    def preferred(self, wanted: int) -> int:
        """The wanted port, or another one when it is taken."""
        for port in (wanted, *free(20)):
            if self._reserve(port) and is_free(port):
                return port
        raise RuntimeError("Twenty random ports were all taken.")

    def _reserve(self, port: int) -> bool:
        if sys.platform != "linux":
            return True
        name = socket.socket(socket.AF_UNIX)
        try:
            name.bind(f"\0lintel.port.{port}")
        except OSError:
            name.close()
            return False
        self._held.append(name)
        return True


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with ExitStack() as held:
        return _holds(held, port)


def _holds(held: ExitStack, port: int) -> bool:
    taken = held.enter_context(socket.socket())
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
