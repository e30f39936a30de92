"""Adds the demo data through the public APIs; existing data stays unchanged."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from deploy.local.demo import accounts
from deploy.local.demo import state as states
from deploy.local.demo.api import Api, Refused
from deploy.local.demo.homes import Home, homes_of
from deploy.local.demo.people import Person, people_of
from deploy.local.demo.wishes import Wish, wishes_of
from deploy.local.demo.world import Agency, agencies

T = TypeVar("T")
R = TypeVar("R")
THREADS = 6
WITHDRAWN = {"purpose": "alerts", "channel": "email", "state": "withdrawn", "source": "link in a mail"}


def seed(urls: Mapping[str, str], path: Path) -> dict[str, str]:
    """Add whatever is missing and return the credentials; returns at once when all of it was added before."""
    state = states.read(path)
    shown = agencies()[0]
    if not (state.complete and _is_there(urls, state)):
        state.complete = False
        platform = accounts.operator(urls, state)
        states.write(path, state)
        for agency in agencies():
            accounts.open_agency(platform, agency, state.of(agency.key))
        states.write(path, state)
        with ThreadPoolExecutor(len(agencies())) as pool:
            _all(pool, lambda agency: _fill(urls, agency, state), agencies())
        state.complete = True
        states.write(path, state)
    return states.credentials(state, shown.key, shown.members[0]["email"], shown.admin["email"])


def _is_there(urls: Mapping[str, str], state: states.State) -> bool:
    try:
        for agency in agencies():
            accounts.program(urls, state.of(agency.key))
    except Refused as refused:
        if refused.status != 401:
            raise
        return False
    return True


def _fill(urls: Mapping[str, str], agency: Agency, state: states.State) -> None:
    name = agency.facts["name"]
    api, members = accounts.staff_agency(urls, agency, state.of(agency.key))
    homes, people = homes_of(agency), people_of(agency)
    wishes = wishes_of(agency, homes, people)
    filling = Filling(api, agency, members)
    with ThreadPoolExecutor(THREADS) as pool:
        contacts = filling.meet(pool, people)
        _tell(f"{name}: {len(people)} people")
        # people before wishes before homes, so that each home finds matching people, as in normal use
        filling.wish(pool, wishes, contacts)
        _tell(f"{name}: {len(wishes)} searches")
        filling.offer(pool, homes, contacts)
        _tell(f"{name}: {len(homes)} homes")


@dataclass(frozen=True)
class Filling:
    """Fills one agency; `members` are ids by address."""

    api: Api
    agency: Agency
    members: Mapping[str, str]

    def meet(self, pool: ThreadPoolExecutor, people: list[Person]) -> list[str]:
        """Everyone's id, in order."""
        known = {(row["email"], row["full_name"]): row for row in self.api.every("leads", "/v1/contacts")}
        return _all(pool, lambda person: self._person(known, person), people)

    def wish(self, pool: ThreadPoolExecutor, wishes: list[Wish], contacts: list[str]) -> None:
        """Save all searches."""
        saved = self.api.every("matching", "/v1/saved-searches")
        known = {(row["contact_id"], row["name"]) for row in saved}
        missing = [wish for wish in wishes if (contacts[wish.person], wish.body["name"]) not in known]

        def save(wish: Wish) -> Any:
            return self.api.post("matching", "/v1/saved-searches", wish.body | {"contact_id": contacts[wish.person]})

        _all(pool, save, missing)

    def offer(self, pool: ThreadPoolExecutor, homes: list[Home], contacts: list[str]) -> None:
        """Add the homes; then some prices fall, and some homes leave the market."""
        known = {row["listing_id"]: row for row in self.api.every("properties", "/v1/listings")}
        made = _all(pool, lambda home: self._home(known, home, contacts), homes)
        pairs = list(zip(homes, made, strict=True))
        _all(pool, lambda pair: self._later(*pair), [pair for pair in pairs if pair[0].lowered_to or pair[0].becomes])

    def _person(self, known: Mapping[tuple[str, str], dict[str, Any]], person: Person) -> str:
        row = known.get((person.body["email"], person.body["full_name"]))
        if row is None:
            agent = {"agent_member_id": self.members[self.agency.agent_of(person.town)]}
            row = self.api.post_once_known("leads", "/v1/contacts", person.body | agent, "agent_member_id")
        if person.withdraws and not any(word["state"] == "withdrawn" for word in row["consents"]):
            self.api.post("leads", f"/v1/contacts/{row['id']}/consents", WITHDRAWN)
        return str(row["id"])

    def _home(self, known: Mapping[str, dict[str, Any]], home: Home, contacts: list[str]) -> dict[str, Any]:
        if row := known.get(home.body["listing_id"]):
            return row
        about: dict[str, Any] = {"agent_member_id": self.members[self.agency.agent_of(home.town)]}
        if home.owner is not None:
            about["owner_contact_ids"] = [contacts[home.owner]]
        made: dict[str, Any] = self.api.post("properties", "/v1/listings", home.body | about)
        return made

    def _later(self, home: Home, row: Mapping[str, Any]) -> None:
        path = f"/v1/listings/{row['id']}"
        if home.lowered_to and row["list_price"] == home.body["list_price"]:
            body = {"list_price": home.lowered_to, "reason": "agreed with the owner"}
            self.api.post("properties", f"{path}/price-changes", body)
        if home.becomes and row["standard_status"] == home.body["standard_status"]:
            self.api.post("properties", f"{path}/status-changes", {"standard_status": home.becomes})


def _all(pool: ThreadPoolExecutor, work: Callable[[T], R], things: Iterable[T]) -> list[R]:
    return list(pool.map(work, things))


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} demo: {what}", file=sys.stderr, flush=True)
