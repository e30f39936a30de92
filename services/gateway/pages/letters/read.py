"""The data for the dialog of a letter: homes, people, whether they may be written to, the last mail to each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from services.gateway.components.deliveries.present import latest_by
from services.gateway.components.people.read import people_by_id
from services.gateway.pages.letters.forms import LetterForm
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.notifications import Delivery, Reachability
from services.gateway.upstream.properties import Listing
from services.gateway.upstream.services import ServiceClients
from services.gateway.web.clients import clients
from services.gateway.web.language import gettext as _
from shared.errors import NotFound

DELIVERIES_READ = 200


@dataclass(frozen=True)
class DialogAnswer:
    """The homes of a letter, the people it may go to, how each may be reached, and the last mail to each."""

    homes: Sequence[Listing]
    people: Sequence[Contact]
    reachability: Sequence[Reachability] | Unavailable
    last_deliveries: Mapping[str, Delivery]


def dialog(form: LetterForm) -> DialogAnswer:
    """Everything for the dialog; NotFound without a home or a person that is there."""
    services = clients()
    if not form.listing_ids:
        raise NotFound(_("Tick at least one home first."))
    homes = listings(services, form.shown_listing_ids)
    known = people_by_id(services, form.shown_contact_ids)
    people = [known[id_] for id_ in form.shown_contact_ids if id_ in known]
    if not people:
        raise NotFound(_("Tick at least one person first."))
    return _with_reachability(services, homes, people)


def listings(services: ServiceClients, ids: Sequence[str]) -> list[Listing]:
    """These homes in this order; NotFound when one of them is not there or cannot be read now."""
    answers = services.each_in_parallel({id_: partial(services.properties.listing, id_) for id_ in ids})
    homes = [answer for answer in answers.values() if not isinstance(answer, Unavailable)]
    if len(homes) < len(answers):
        raise NotFound(_("One of these homes does not exist or cannot be loaded at the moment."))
    return homes


@dataclass(frozen=True)
class _PeopleAnswer:
    """What notifications answers about the people: how they may be reached, or mails about one home."""

    reachability: Sequence[Reachability] = ()
    deliveries: Sequence[Delivery] = ()


def _with_reachability(services: ServiceClients, homes: Sequence[Listing], people: Sequence[Contact]) -> DialogAnswer:
    def reachability() -> _PeopleAnswer:
        return _PeopleAnswer(services.notifications.reachability([person["id"] for person in people]))

    def deliveries(listing_id: str) -> _PeopleAnswer:
        page = services.notifications.deliveries(listing_id=listing_id, state="sent", limit=DELIVERIES_READ)
        return _PeopleAnswer(deliveries=page["items"])

    calls: dict[str, Callable[[], _PeopleAnswer]] = {home["id"]: partial(deliveries, home["id"]) for home in homes}
    answers = services.each_in_parallel({"": reachability} | calls)
    reach = answers.pop("")
    rows = [row for answer in answers.values() if not isinstance(answer, Unavailable) for row in answer.deliveries]
    reachable = reach if isinstance(reach, Unavailable) else reach.reachability
    return DialogAnswer(homes, people, reachable, latest_by(rows, "contact_id"))
