"""Writing letters: one to each person, in the person's language, with why each home fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from services.gateway.components.people.read import people_by_id
from services.gateway.pages.letters import read
from services.gateway.pages.letters.forms import LetterForm
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import Explanation
from services.gateway.upstream.notifications import Letter, LetterCard, LetterListing
from services.gateway.upstream.properties import Listing
from services.gateway.upstream.services import ServiceClients
from services.gateway.web.clients import clients
from shared.errors import Conflict

BEST_FIRST = ("match", "possible", "near")
SEARCHES_READ = 10
LONGEST_SENTENCE, MOST_SENTENCES = 300, 6


@dataclass(frozen=True)
class Sent:
    """The deliveries that were made, and the people whose letters were refused with the service's detail."""

    delivery_ids: Sequence[str]
    refused: Mapping[str, str]


def send(form: LetterForm) -> Sent:
    """Write to each person who is ticked; a refusal concerns that person alone."""
    services = clients()
    homes = read.listings(services, form.shown_listing_ids)
    people = people_by_id(services, form.recipients)
    answers = services.each_in_parallel(
        {id_: partial(_write, services, person, homes, form) for id_, person in people.items()}
    )
    made = [answer for answer in answers.values() if isinstance(answer, str)]
    return Sent(made, {id_: answer.detail for id_, answer in answers.items() if isinstance(answer, Unavailable)})


def cancel(delivery_ids: Sequence[str]) -> int:
    """Cancel letters; returns how many had left already."""
    services = clients()
    return sum(not _is_cancelled(services, id_) for id_ in delivery_ids)


def _is_cancelled(services: ServiceClients, delivery_id: str) -> bool:
    try:
        services.notifications.cancel(delivery_id)
    except Conflict:
        return False
    return True


def _write(services: ServiceClients, person: Contact, homes: Sequence[Listing], form: LetterForm) -> str:
    """Write one letter; returns the delivery's id."""
    best = _best_matches(services.in_language(person["language"]), person["id"], [home["id"] for home in homes])
    cards = [_card(home, best.get(home["id"])) for home in homes]
    letter: Letter = {"contact_id": person["id"], "note": form.note, "cards": cards}
    key = f"{form.idempotency_key}-{person['id']}"
    return services.notifications.send_letter(letter, idempotency_key=key)["id"]


def _best_matches(services: ServiceClients, contact_id: str, listing_ids: Iterable[str]) -> dict[str, Explanation]:
    """The best explanation of each home by one of the person's wishes; nothing where none fits."""
    (page,) = services.in_parallel(
        lambda: services.matching.saved_searches(contact_id=contact_id, status="active", limit=SEARCHES_READ)
    )
    searches = [] if isinstance(page, Unavailable) else page["items"]
    answers = services.each_in_parallel(
        {
            (listing_id, search["id"]): partial(services.matching.explain, search["id"], listing_id)
            for listing_id in listing_ids
            for search in searches
        }
    )
    fitting = [each for each in answers.values() if not isinstance(each, Unavailable) and each["kind"] in BEST_FIRST]
    best: dict[str, Explanation] = {}
    for each in sorted(fitting, key=lambda each: (BEST_FIRST.index(each["kind"]), -each["score"])):
        best.setdefault(each["listing_id"], each)
    return best


def _card(home: Listing, match: Explanation | None) -> LetterCard:
    card: LetterCard = {"listing": _listing(home)}
    if match is not None:
        card["saved_search_id"] = match["saved_search_id"]
        card["reasons"] = [each["text"][:LONGEST_SENTENCE] for each in match["reasons"]][:MOST_SENTENCES]
        card["misses"] = [each["text"][:LONGEST_SENTENCE] for each in match["misses"]][:MOST_SENTENCES]
        card["unknowns"] = [each["text"][:LONGEST_SENTENCE] for each in match["unknowns"]][:MOST_SENTENCES]
    return card


def _listing(home: Listing) -> LetterListing:
    shown: LetterListing = {
        "id": home["id"],
        "listing_id": home["listing_id"],
        "transaction": home["transaction"],
        "property_sub_type": home["property_sub_type"],
        "list_price": home["list_price"],
        "currency": home["currency"],
        "bedrooms_total": home["bedrooms_total"],
        "bathrooms_total": home["bathrooms_total"],
        "living_area": home["living_area"],
        "street_name": home["street_name"],
        "city": home["city"],
        "public_remarks": home["public_remarks"] or {},
    }
    if home["photos"]:
        shown["photo"] = {"url": home["photos"][0]["url"], "alt": home["photos"][0].get("alt")}
    return shown
