"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """The counts of one run; the plain ones are those that the aims speak of."""

    alerts: int = 150  # listings posted one at a time, each alerting one person
    rush: int = 2000  # listings posted by four clients at once
    rounds: int = 5  # interleaved rounds of HTTP requests
    requests: int = 200  # in each of them
    searches: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    rival: int = 100_000  # the most searches that MongoDB is asked about
    homes: int = 200_000
    asked: int = 300  # questions to an index
    rival_asked: int = 60  # questions to MongoDB
    broad: int = 15_000  # searches that one listing meets
    changes: int = 200  # searches changed one at a time
    file: tuple[int, int] = (200, 100_000)  # listings, searches
    crowd: int = 20_000  # people, homes and wishes behind the pages
    visits: int = 30  # of each page


QUICK = Sizes(10, 60, 2, 20, (1000, 5000), 5000, 5000, 30, 10, 1200, 10, (50, 2000), 400, 3)
FULL = Sizes(rival=1_000_000)
