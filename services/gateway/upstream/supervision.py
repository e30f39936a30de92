"""The client of this machine's launcher, where there is one: reads and sets the number of workers."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from typing import Any

from shared.codes import Code
from shared.errors import Invalid, Unavailable

REFUSED_WORKERS = Code("refused_workers", "{why}")
SECONDS = 2.0
LONGEST = 4096


@dataclass(frozen=True)
class Kept:
    """How many workers of each service are kept running, and how many may be at most."""

    wanted: dict[str, int]
    most: int


class Supervisor:
    """The launcher's socket for scaling, and its password."""

    def __init__(self, endpoint: str, key: str) -> None:
        self._endpoint, self._key = endpoint, key

    @property
    def is_there(self) -> bool:
        """Whether this installation has one; otherwise compose or Kubernetes scale."""
        return bool(self._endpoint)

    def kept(self) -> Kept | None:
        """The number of workers kept; None where there is no supervisor or no reply."""
        if not self.is_there:
            return None
        try:
            return _kept(self._ask())
        except Unavailable:
            return None

    def scale(self, service: str, workers: int) -> Kept:
        """Set the number of workers of a service; Invalid when it is refused, Unavailable without a reply."""
        if not self.is_there:
            raise Unavailable("Nothing here can start workers.")
        answer = self._ask(service=service, workers=workers)
        if "refused" in answer:
            raise Invalid(
                f"The supervisor refused: {answer['refused']}.",
                {"workers": [REFUSED_WORKERS(why=str(answer["refused"]))]},
            )
        return _kept(answer)

    def _ask(self, **asked: Any) -> dict[str, Any]:
        line = json.dumps({"key": self._key, **asked}).encode() + b"\n"
        try:
            with socket.socket(socket.AF_UNIX) as door:
                door.settimeout(SECONDS)
                door.connect(self._endpoint)
                door.sendall(line)
                answer: dict[str, Any] = json.loads(door.makefile("rb").readline(LONGEST))
        except (OSError, ValueError) as error:
            raise Unavailable("The supervisor is not answering.") from error
        return answer


def _kept(answer: dict[str, Any]) -> Kept:
    if "refused" in answer:
        raise Unavailable(f"The supervisor refused: {answer['refused']}.")
    return Kept(dict(answer["wanted"]), int(answer["most"]))
