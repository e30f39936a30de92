"""Changes of somebody's wishes that their refusals suggest."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.upstream.matching import SavedSearchPatch, Suggestion
from services.gateway.upstream.services import ServiceClients
from services.gateway.web.language import gettext as _
from shared.errors import NotFound


@dataclass(frozen=True)
class WishSuggestion:
    """A change as a question, what it would leave, and the patch that makes it; `key` tells it from any other."""

    key: str
    text: str
    effect: str
    patch: SavedSearchPatch

    @classmethod
    def from_reply(cls, suggestion: Suggestion) -> WishSuggestion:
        """The suggestion as matching makes it."""
        key = f"{suggestion['code']}:{sorted((suggestion.get('figures') or {}).items())}"
        return cls(key, suggestion["text"], suggestion["effect"]["text"], suggestion["patch"])


def accept_suggestion(clients: ServiceClients, saved_search_id: str, key: str) -> WishSuggestion:
    """Change the wishes as was suggested; NotFound when that is not what is suggested now."""
    current = map(WishSuggestion.from_reply, clients.matching.suggestions(saved_search_id))
    suggestion = next((each for each in current if each.key == key), None)
    if suggestion is None:
        raise NotFound(_("This suggestion is no longer available."))
    version = clients.matching.saved_search(saved_search_id)["version"]
    clients.matching.change_saved_search(saved_search_id, suggestion.patch, version=version)
    return suggestion
