"""Calls to matching: saved searches, matches, advice and opinions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from services.gateway.upstream.client import ServiceClient
from services.gateway.upstream.matching.advice import (
    Audience,
    Demand,
    OpenQuestion,
    Preview,
    PriceEffect,
    SimilarListing,
    Suggestion,
)
from services.gateway.upstream.matching.matches import Explanation, Improvements, ListingMatches, MatchCounts, MatchPage
from services.gateway.upstream.matching.opinions import NewOpinion, Opinion, OpinionPage
from services.gateway.upstream.matching.saved_searches import (
    NewSavedSearch,
    Number,
    SavedSearch,
    SavedSearchPage,
    SavedSearchPatch,
)
from services.gateway.upstream.matching.words import KnownPlace, KnownWords


@dataclass(frozen=True)
class MatchingClient(ServiceClient):
    """Matches and their reasons; sentences come in the language of the clients."""

    SERVICE: ClassVar[str] = "matching"

    def saved_searches(
        self,
        *,
        contact_id: str | None = None,
        status: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> SavedSearchPage:
        """Saved searches, newest first; to a prospect only their own."""
        query = {"contact_id": contact_id, "status": status, "limit": limit, "cursor": cursor}
        page: SavedSearchPage = self._get("saved-searches", **query)
        return page

    def saved_search(self, saved_search_id: str) -> SavedSearch:
        """One saved search; NotFound when there is none, or it is somebody else's."""
        search: SavedSearch = self._get("saved-searches", saved_search_id)
        return search

    def create_saved_search(self, search: NewSavedSearch, *, idempotency_key: str = "") -> SavedSearch:
        """Save a search; Invalid names the fields that are wrong."""
        created: SavedSearch = self._post("saved-searches", body=search, idempotency_key=idempotency_key)
        return created

    def change_saved_search(self, saved_search_id: str, patch: SavedSearchPatch, *, version: int | str) -> SavedSearch:
        """Change criteria, alerts or status; PreconditionFailed when somebody was faster."""
        changed: SavedSearch = self._patch("saved-searches", saved_search_id, body=patch, version=version)
        return changed

    def remove_saved_search(self, saved_search_id: str) -> None:
        """Remove a saved search with its matches."""
        self._delete("saved-searches", saved_search_id)

    def preview(self, draft: NewSavedSearch) -> Preview:
        """What a draft search finds; nothing is stored."""
        preview: Preview = self._post("saved-searches", "preview", body=draft)
        return preview

    def suggestions(self, saved_search_id: str) -> list[Suggestion]:
        """Changes of a search that the person's refusals suggest."""
        suggestions: list[Suggestion] = self._get("saved-searches", saved_search_id, "suggestions")["items"]
        return suggestions

    def search_matches(
        self, saved_search_id: str, *, kind: str = "match", limit: int = 50, cursor: str | None = None
    ) -> MatchPage:
        """The homes that meet a search, best first, each with its listing."""
        path = ("saved-searches", saved_search_id, "matches")
        page: MatchPage = self._get(*path, kind=kind, limit=limit, cursor=cursor)
        return page

    def search_counts(self, saved_search_id: str) -> MatchCounts:
        """How many homes meet a search, by kind."""
        counts: MatchCounts = self._get("saved-searches", saved_search_id, "match-counts")
        return counts

    def listing_matches(
        self, listing_id: str, *, kind: str = "match", limit: int = 50, cursor: str | None = None
    ) -> MatchPage:
        """The searches that a home meets, best first."""
        page: MatchPage = self._get("listings", listing_id, "matches", kind=kind, limit=limit, cursor=cursor)
        return page

    def listing_counts(self, listing_id: str) -> MatchCounts:
        """How many people's searches a home meets, by kind."""
        counts: MatchCounts = self._get("listings", listing_id, "match-counts")
        return counts

    def matches_of_listings(
        self, listing_ids: Sequence[str], *, kind: str = "match", limit: int = 12
    ) -> list[ListingMatches]:
        """The best matches of several listings with their counts; unknown listings are missing."""
        query = {"listing_id": list(listing_ids), "kind": kind, "limit": limit}
        found: list[ListingMatches] = self._get("matches", **query)["items"]
        return found

    def explain(self, saved_search_id: str, listing_id: str) -> Explanation:
        """The whole verdict on a pair, criterion by criterion."""
        verdict: Explanation = self._get("explain", saved_search_id=saved_search_id, listing_id=listing_id)
        return verdict

    def demand(self, listing_id: str, *, prices: Iterable[Number] = ()) -> Demand:
        """How many people a home would suit at these prices, or at some around its own."""
        demand: Demand = self._get("listings", listing_id, "demand", prices=",".join(map(str, prices)))
        return demand

    def audience(self, listing_id: str, *, price: Number | None = None) -> Audience:
        """Everybody to whom a listing would be news at another price, or on the market at its present one."""
        audience: Audience = self._get("listings", listing_id, "audience", price=price)
        return audience

    def draft_audience(self, facts: Mapping[str, object]) -> Audience:
        """Everybody to whom a new listing with these facts would be news; nothing is stored."""
        audience: Audience = self._post("listings", "audience", body=facts)
        return audience

    def improvements(self, saved_search_id: str, listing_id: str) -> Improvements:
        """The changes that would make a pair a match, and what else each would match."""
        pair = {"saved_search_id": saved_search_id, "listing_id": listing_id}
        found: Improvements = self._get("improvements", **pair)
        return found

    def price_effect(self, listing_id: str, *, price: Number) -> PriceEffect:
        """Whom another price would bring and whom it would lose."""
        effect: PriceEffect = self._get("listings", listing_id, "price-effect", price=price)
        return effect

    def open_questions(self, listing_id: str) -> list[OpenQuestion]:
        """The facts of a home that searches ask for and it does not state, most wanted first."""
        questions: list[OpenQuestion] = self._get("listings", listing_id, "questions")["items"]
        return questions

    def similar_listings(self, listing_id: str, *, limit: int = 6) -> list[SimilarListing]:
        """The homes on the market that are most like one."""
        similar: list[SimilarListing] = self._get("listings", listing_id, "similar", limit=limit)["items"]
        return similar

    def opinion(self, contact_id: str, listing_id: str) -> Opinion:
        """What a person thinks of a home; NotFound when they have not said."""
        opinion: Opinion = self._get("contacts", contact_id, "listings", listing_id)
        return opinion

    def record_opinion(self, contact_id: str, listing_id: str, opinion: NewOpinion) -> Opinion:
        """Record what a person thinks of a home."""
        recorded: Opinion = self._put("contacts", contact_id, "listings", listing_id, body=opinion)
        return recorded

    def opinions(
        self, contact_id: str, *, preference: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> OpinionPage:
        """What a person thinks of homes."""
        path = ("contacts", contact_id, "listings")
        page: OpinionPage = self._get(*path, preference=preference, limit=limit, cursor=cursor)
        return page

    def listing_opinions(
        self, listing_id: str, *, preference: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> OpinionPage:
        """What people think of one home."""
        path = ("listings", listing_id, "opinions")
        page: OpinionPage = self._get(*path, preference=preference, limit=limit, cursor=cursor)
        return page

    def words(self) -> KnownWords:
        """The features and kinds of homes to choose from."""
        words: KnownWords = self._get("words")
        return words

    def places(self, q: str, *, limit: int = 8) -> list[KnownPlace]:
        """Towns and regions whose name holds what was typed."""
        places: list[KnownPlace] = self._get("places", q=q, limit=limit)["items"]
        return places
