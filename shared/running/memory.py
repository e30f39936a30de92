"""What a process builds at its start stays to its end, so the garbage collector need not look through it again."""

from __future__ import annotations

import gc


def settle() -> None:
    """Collect what is garbage and exempt the rest: a full collection over libraries and an index holds every thread up
    for 60 to 170 ms, and thousands of documents read at once bring one about."""
    gc.collect()
    gc.freeze()
