"""What the services say of a prospect's homes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from services.gateway.accounts.model.session import Prospect
from services.gateway.components.prospect_homes.opinions import HomeOpinion, home_opinions
from services.gateway.components.wish_editor.suggestions import WishSuggestion
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import OwnContact
from services.gateway.upstream.matching import (
    Explanation,
    Match,
    MatchCounts,
    NewOpinion,
    Opinion,
    SavedSearch,
    SimilarListing,
)
from services.gateway.upstream.properties import PublicListing
from services.gateway.upstream.services import ServiceClients
from shared import errors

MOST_WISHES, MOST_HOMES, MOST_EXPLAINED, MOST_SIMILAR = 20, 100, 5, 4
KINDS = ("match", "possible", "near")


@dataclass(frozen=True)
class HomesReply:
    """The wishes that are active, and the homes of one of them.

    `matches` stand by kind; `wish` is None without wishes; `unavailable` is the first service that did not answer.
    """

    contact: OwnContact | None = None
    wishes: Sequence[SavedSearch] = ()
    wish: SavedSearch | None = None
    matches: Mapping[str, Sequence[Match]] = field(default_factory=dict)
    counts: MatchCounts | None = None
    refused: Sequence[HomeOpinion] = ()
    unavailable: Unavailable | None = None


@dataclass(frozen=True)
class HomeReply:
    """One home, the prospect's answer to it, how it fits each of the wishes, and homes like it."""

    listing: PublicListing
    opinion: Opinion | None
    explanations: Sequence[Explanation]
    similar: Sequence[SimilarListing]


def homes(clients: ServiceClients, prospect: Prospect, wish_id: str) -> HomesReply:
    """The homes of the wishes with this id, else of the newest ones."""
    contact, page = clients.in_parallel(
        partial(clients.leads.own_contact, prospect.contact_id),
        partial(clients.matching.saved_searches, status="active", limit=MOST_WISHES),
    )
    known_contact = None if isinstance(contact, Unavailable) else contact
    if isinstance(page, Unavailable):
        return HomesReply(known_contact, unavailable=page)
    wishes = page["items"]
    if not wishes:
        return HomesReply(known_contact)
    wish = next((each for each in wishes if each["id"] == wish_id), wishes[0])
    return _homes_of(clients, prospect, known_contact, wishes, wish)


def home(clients: ServiceClients, prospect: Prospect, listing_id: str) -> HomeReply:
    """One home in full; NotFound when it is not on the market. It is recorded that the prospect has seen it."""
    listing = clients.properties.public_listing(listing_id)
    opinion, page, similar = clients.in_parallel(
        partial(_seen, clients, prospect, listing_id),
        partial(clients.matching.saved_searches, status="active", limit=MOST_EXPLAINED),
        partial(clients.matching.similar_listings, listing_id, limit=MOST_SIMILAR),
    )
    wishes = [] if isinstance(page, Unavailable) else page["items"]
    calls = {wish["id"]: partial(clients.matching.explain, wish["id"], listing_id) for wish in wishes}
    explanations = clients.each_in_parallel(calls).values()
    return HomeReply(
        listing,
        None if isinstance(opinion, Unavailable) else opinion,
        [each for each in explanations if not isinstance(each, Unavailable)],
        () if isinstance(similar, Unavailable) else similar,
    )


def _homes_of(
    clients: ServiceClients,
    prospect: Prospect,
    contact: OwnContact | None,
    wishes: Sequence[SavedSearch],
    wish: SavedSearch,
) -> HomesReply:
    def matches(kind: str) -> list[Match]:
        return clients.matching.search_matches(wish["id"], kind=kind, limit=MOST_HOMES)["items"]

    counts, refused, *pages = clients.in_parallel(
        partial(clients.matching.search_counts, wish["id"]),
        partial(home_opinions, clients, prospect, "discard"),
        partial(matches, "match"),
        partial(matches, "possible"),
        partial(matches, "near"),
    )
    failed = [each for each in (counts, refused, *pages) if isinstance(each, Unavailable)]
    return HomesReply(
        contact,
        wishes,
        wish,
        {kind: () if isinstance(page, Unavailable) else page for kind, page in zip(KINDS, pages, strict=True)},
        None if isinstance(counts, Unavailable) else counts,
        () if isinstance(refused, Unavailable) else refused,
        failed[0] if failed else None,
    )


def _seen(clients: ServiceClients, prospect: Prospect, listing_id: str) -> Opinion:
    """The prospect's opinion; that the home was seen is recorded with it."""
    opinion = _opinion(clients, prospect, listing_id)
    if opinion and opinion["viewed"]:
        return opinion
    preference, reason = (opinion["preference"], opinion["reason"]) if opinion else (None, None)
    seen: NewOpinion = {"preference": preference, "reason": reason, "viewed": True}
    return clients.matching.record_opinion(prospect.contact_id, listing_id, seen)


def _opinion(clients: ServiceClients, prospect: Prospect, listing_id: str) -> Opinion | None:
    try:
        return clients.matching.opinion(prospect.contact_id, listing_id)
    except errors.NotFound:
        return None


def suggestion(clients: ServiceClients, wish_id: str) -> WishSuggestion | None:
    """The first change of the wishes that refusals suggest; None where there is none, or matching does not answer."""
    if not wish_id:
        return None
    (suggestions,) = clients.in_parallel(partial(clients.matching.suggestions, wish_id))
    if isinstance(suggestions, Unavailable) or not suggestions:
        return None
    return WishSuggestion.from_reply(suggestions[0])
