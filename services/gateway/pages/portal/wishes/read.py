"""The wishes of a prospect with their counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.matching import MatchCounts, SavedSearch
from services.gateway.upstream.services import ServiceClients


@dataclass(frozen=True)
class CountedWishes:
    """Wishes, and how many homes meet them; None where that is not known."""

    search: SavedSearch
    counts: MatchCounts | None


def wishes(clients: ServiceClients, contact_id: str) -> list[CountedWishes]:
    """All wishes of a person, newest first; Unavailable when matching does not answer."""
    searches = clients.matching.saved_searches(contact_id=contact_id)["items"]
    calls = {search["id"]: partial(clients.matching.search_counts, search["id"]) for search in searches}
    counts = clients.each_in_parallel(calls)
    return [CountedWishes(search, _known(counts[search["id"]])) for search in searches]


def _known(counts: MatchCounts | Unavailable) -> MatchCounts | None:
    return None if isinstance(counts, Unavailable) else counts
