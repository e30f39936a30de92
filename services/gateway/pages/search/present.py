"""The results of a search as links in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from services.gateway.components.people.path import contact_path
from services.gateway.pages.search.read import SearchAnswer
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import SavedSearch
from services.gateway.upstream.properties import Listing
from services.gateway.web.assets.faces import face, initials
from services.gateway.web.assets.icons import icon
from services.gateway.web.feature import NavigationEntry
from services.gateway.web.formats import money, phone
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import home_name


@dataclass(frozen=True)
class SearchResult:
    """One link: where it leads, what is drawn before it, its text and a hint."""

    path: str
    mark: Markup
    text: str
    hint: str = ""


@dataclass(frozen=True)
class SearchResults:
    """The groups that have results, and the services that did not answer."""

    query: str
    groups: Sequence[tuple[str, Sequence[SearchResult]]]
    unavailable: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """Whether something was typed and nothing has that name."""
        return bool(self.query) and not self.groups


def results(query: str, answer: SearchAnswer, pages: Iterable[NavigationEntry]) -> SearchResults:
    """The results of a search, with the pages whose names hold the query."""
    fitting = [page for page in pages if query and query.casefold() in page.text.casefold()]
    groups = (
        (_("People"), [_person(contact) for contact in answer.people]),
        (_("Homes"), [_home(listing) for listing in answer.homes]),
        (_("Wishes"), [_wishes(contact, search) for contact, search in answer.wishes]),
        (_("Pages"), [SearchResult(page.path, icon(page.icon, "third"), page.text) for page in fitting]),
    )
    return SearchResults(query, [(title, rows) for title, rows in groups if rows], answer.unavailable)


def _person(contact: Contact) -> SearchResult:
    name = contact["full_name"]
    mark = Markup('<span class="face face-s {}" aria-hidden="true">{}</span>').format(face(name), initials(name))
    return SearchResult(contact_path(contact["id"]), mark, name, phone(contact["phone"]))


def _home(listing: Listing) -> SearchResult:
    price = money(listing["list_price"], listing["currency"])
    hint = " · ".join(filter(None, (listing["listing_id"], price)))
    path = f"/listings/{quote(listing['id'], safe='')}"
    return SearchResult(path, icon("home", "third"), home_name(listing), hint)


def _wishes(contact: Contact, search: SavedSearch) -> SearchResult:
    path = f"/wishes/{quote(search['id'], safe='')}"
    return SearchResult(path, icon("adjustments-horizontal", "third"), search["name"] or "", contact["full_name"])
