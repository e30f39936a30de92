"""Objects from a process's start live to its end, so the garbage collector need not scan them again."""

from __future__ import annotations

import gc


def settle() -> None:
    """Collect garbage and exempt the remaining objects: a full collection over libraries and an index holds every
    thread up for 60 to 170 ms, and reading thousands of documents at once triggers one.
    """
    gc.collect()
    gc.freeze()
