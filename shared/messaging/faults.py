"""Numbered fault points between two durable writes: tests kill the process there, nothing else does.

`FAULT=<point>:<n>` makes the n-th passage of that point a SIGKILL to oneself, once for all processes that
share `FAULT_DIR`; the marker file left there proves that the point was hit. Inert unless configured.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

POINTS = {
    1: "web.after_commit",
    2: "relay.before_publish",
    3: "relay.after_publish",
    4: "relay.after_confirm",
    5: "relay.after_mark",
    6: "inbox.before_transaction",
    7: "inbox.after_commit",
    8: "inbox.after_ack",
    9: "inbox.after_park",
    10: "retry.after_claim",
    11: "retry.after_commit",
}
_armed: dict[str, int] = {}
_folder: list[Path] = []


def register(*points: str) -> None:
    """Add a service's own fault points; its app.py calls this before any is armed."""
    for point in points:
        if point not in POINTS.values():
            POINTS[len(POINTS) + 1] = point


def arm(spec: str, folder: str) -> None:
    """Arm the point named in `<point>:<n>`; an unknown name raises."""
    if not spec:
        return
    point, _, nth = spec.partition(":")
    if point not in POINTS.values():
        raise ValueError(f"FAULT names no fault point: {point}")
    _armed[point] = int(nth or 1)
    _folder[:] = [Path(folder)]


def fault(point: str) -> None:
    """Pass a fault point."""
    if not _armed:
        return
    left = _armed.get(point)
    if left is None:
        return
    _armed[point] = left - 1
    if left == 1 and _first_to_mark(point):
        os.kill(os.getpid(), signal.SIGKILL)


def _first_to_mark(point: str) -> bool:
    try:
        (_folder[0] / f"{point}.hit").open("x").close()
    except FileExistsError:
        return False
    return True
