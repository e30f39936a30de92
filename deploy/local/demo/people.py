"""The people of an agency: names, addresses at example.com, consents."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from random import Random
from typing import Any

from deploy.local.demo.world import Agency, names, town

DOMAIN = "example.com"
# Ranges that no subscriber is given: Sweden's PTS (Malmö, mobile) and the United Kingdom's Ofcom (Bristol, mobile).
FICTITIOUS = {"sv": ("+46406280400", "+46701740605"), "en": ("+441174960000", "+447700900000")}
IN_A_RANGE = 95
STAGES = ("new", "prospect", "active", "active", "client", "past_client")
SOURCES = ("website", "portal", "walk-in", "referral", "open house", "telephone")
# Kinds of consent and how many of a hundred people have each: everything, alerts, service only, nothing, withdrawn
# later.
AGREED = (("all", 27), ("alerts", 50), ("service", 9), ("none", 7), ("withdrawn", 7))
PURPOSES = {
    "all": ("service", "alerts", "marketing"),
    "alerts": ("service", "alerts"),
    "service": ("service",),
    "none": (),
    "withdrawn": ("service", "alerts"),
}


@dataclass(frozen=True)
class Person:
    """A contact to be made (`body`, as the API takes it); `withdraws` says that the consent to alerts is withdrawn
    later.
    """

    body: dict[str, Any]
    town: str
    agreed: str

    @property
    def withdraws(self) -> bool:
        """Whether the person consented to alerts and withdrew it."""
        return self.agreed == "withdrawn"

    @property
    def hears(self) -> bool:
        """Whether alerts by e-mail may be sent."""
        return self.agreed in ("all", "alerts")


def people_of(agency: Agency) -> list[Person]:
    """All people of an agency, the same every time."""
    rng = Random(f"{agency.key} people")
    people: list[Person] = []
    for number in range(agency.people):
        people.append(_person(rng, agency, number, people))
    return people


def _person(rng: Random, agency: Agency, number: int, others: list[Person]) -> Person:
    key = agency.towns[number % len(agency.towns)]
    home = town(key)
    # Some speak another language than their town, as people who move do.
    language = home.language if rng.random() < 0.85 else rng.choice(tuple(names()))
    given, family = _name(rng, language)
    full_name = f"{given} {family}"
    agreed = rng.choices([word for word, _ in AGREED], [share for _, share in AGREED])[0]
    email = f"{_plain(given)}.{_plain(family)}.{agency.key[0]}{number + 1}@{DOMAIN}"
    if rng.random() < 0.03 and len(others) > len(agency.towns):
        # a couple: one address for two people
        email = others[-len(agency.towns)].body["email"]
    body: dict[str, Any] = {
        "full_name": full_name,
        "first_name": given,
        "last_name": family,
        "email": email,
        "country": home.country,
        "language": language,
        "time_zone": home.time_zone,
        "stage": rng.choice(STAGES),
        "source": rng.choice(SOURCES),
        "consents": [_consent(rng, purpose) for purpose in PURPOSES[agreed]],
    }
    if home.language in FICTITIOUS and rng.random() < 0.7:
        body["phone"] = _phone(rng, home.language)
    return Person(body, key, agreed)


def _name(rng: Random, language: str) -> tuple[str, str]:
    known = names()[language]
    return rng.choice(known["given"]), " ".join(rng.sample(known["family"], known["families"]))


def _phone(rng: Random, language: str) -> str:
    first = rng.choice(FICTITIOUS[language])
    return f"+{int(first) + rng.randrange(IN_A_RANGE)}"


def _consent(rng: Random, purpose: str) -> dict[str, str]:
    return {
        "purpose": purpose,
        "channel": "email",
        "state": "granted",
        "wording_version": f"{purpose}-2025-03",
        "source": rng.choice(("form on the website", "signed in the office")),
        "at": f"2025-{rng.randint(4, 12):02d}-{rng.randint(1, 28):02d}T{rng.randint(8, 19):02d}:15:00Z",
    }


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter if letter.isascii() else "" for letter in decomposed.replace(" ", "-"))
